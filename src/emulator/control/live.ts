import { setTimeout as delay } from "node:timers/promises";
import { streamSSE } from "hono/streaming";
import { clockState } from "../emulator-clock.js";
import type { Change, LiveState, News } from "../journal/changes.js";
import type { HttpContext } from "../rest/incoming.js";
import { connectionStringOf, faultsOf, type World } from "../world.js";

/** Changes are gathered for so long, since nobody sees more of them. */
const batchInMs = 50;
/** A comment now and then shows both sides that the other is there. */
const heartbeatInMs = 15_000;
/** Who is further behind gets the whole state instead. */
const mostPending = 5000;
/** Of all that is kept, what is worth its time at the start. */
const shownMessages = 2000;

/**
 * Tells what happens, as server-sent events: first a `state`, then `changes`, each an array; a `state` again where what was told
 * before no longer counts.
 */
export function live(context: HttpContext, world: World): Response {
  return streamSSE(context, async (stream) => {
    const news = new Backlog(world);
    stream.onAbort(() => news.end());
    while (!news.hasEnded) {
      const { isStale, changes } = news.take();
      if (isStale) await stream.writeSSE({ event: "state", data: JSON.stringify(stateOf(world)) });
      else if (changes.length > 0) {
        await stream.writeSSE({ event: "changes", data: JSON.stringify(changes) });
      } else await stream.write(": \n\n");
      await news.wait();
    }
  });
}

/** What one watcher has not been told yet. */
class Backlog {
  readonly #unwatch: () => void;
  readonly #ending = new AbortController();
  #changes: Change[] = [];
  /** At first nothing has been told. */
  #isStale = true;
  #wake = (): void => undefined;

  constructor({ journal, ending }: World) {
    this.#unwatch = journal.watch((news) => this.#hear(news));
    ending.signal.addEventListener("abort", () => this.end(), { signal: this.#ending.signal });
    if (ending.signal.aborted) this.end();
  }

  get hasEnded(): boolean {
    return this.#ending.signal.aborted;
  }

  end(): void {
    this.#unwatch();
    this.#ending.abort();
    this.#wake();
  }

  take(): { readonly isStale: boolean; readonly changes: readonly Change[] } {
    const taken = { isStale: this.#isStale, changes: this.#changes };
    this.#isStale = false;
    this.#changes = [];
    return taken;
  }

  /** Until there is something to tell, and a moment longer. */
  async wait(): Promise<void> {
    if (this.hasEnded) return;
    if (this.#changes.length === 0 && !this.#isStale) {
      const waking = new AbortController();
      this.#wake = () => waking.abort();
      await sleep(heartbeatInMs, waking.signal);
    }
    await sleep(batchInMs, this.#ending.signal);
  }

  #hear(news: News): void {
    if (news.topic === "reset" || this.#changes.length >= mostPending) {
      this.#isStale = true;
      this.#changes = [];
    } else if (!this.#isStale) this.#changes.push(news);
    this.#wake();
  }
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
}

function stateOf(world: World): LiveState {
  const { senders, events, clock, optOuts, journal } = world;
  return {
    endpoint: world.address.endpoint,
    connectionString: connectionStringOf(world),
    senders: senders.list(),
    webhooks: events.list(),
    faults: faultsOf(world),
    clock: clockState(clock),
    optOuts: optOuts.states(),
    messages: journal.messages().slice(-shownMessages),
    requests: journal.requests(),
    deliveries: journal.deliveries(),
    deadLetters: journal.deadLetters(),
  };
}
