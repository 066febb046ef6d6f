import { get, type IncomingMessage } from "node:http";
import { setImmediate } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { Emulator } from "../../src/emulator/index.js";
import type { Change, LiveState } from "../../src/emulator/journal/changes.js";
import type { Json } from "../../src/emulator/journal/json.js";

/** What the stream tells: the whole state, or some changes. */
type Told =
  | { readonly event: "state"; readonly data: Json<LiveState> }
  | { readonly event: "changes"; readonly data: readonly Json<Change>[] };

/** Somebody who watches an emulator. */
export interface LiveReader {
  readonly response: IncomingMessage;
  /** All that was told so far, as it came over the wire. */
  text(): string;
  told(): readonly Told[];
  /** The changes told so far, of one topic or of all. */
  changes(topic?: Change["topic"]): readonly Json<Change>[];
  /** Waits until so many states were told, and answers the last one. */
  state(count?: number): Promise<Json<LiveState>>;
  /** Waits until a change is told that is the one, and answers it. */
  change(isIt: (change: Json<Change>) => boolean): Promise<Json<Change>>;
  leave(): void;
}

/** Watches an emulator until the test ends. */
export async function watching(emulator: Pick<Emulator, "endpoint">): Promise<LiveReader> {
  const outgoing = get(`${emulator.endpoint}/_emulator/live`, { agent: false });
  onTestFinished(() => {
    outgoing.destroy();
  });
  // It ends with the emulator or the test, whichever comes first.
  outgoing.on("error", () => undefined);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once("response", resolve).once("error", reject);
  });
  let text = "";
  response.setEncoding("utf8");
  response.on("error", () => undefined);
  response.on("data", (chunk: string) => (text += chunk));
  const told = (): readonly Told[] => parse(text);
  const changes = (topic?: Change["topic"]): readonly Json<Change>[] =>
    told()
      .flatMap(({ event, data }) => (event === "changes" ? data : []))
      .filter((change) => topic === undefined || change.topic === topic);
  return {
    response,
    text: () => text,
    told,
    changes,
    state: (count = 1) => found(() => states(told())[count - 1]),
    change: (isIt) => found(() => changes().find(isIt)),
    leave: () => outgoing.destroy(),
  };
}

function states(told: readonly Told[]): readonly Json<LiveState>[] {
  return told.flatMap(({ event, data }) => (event === "state" ? [data] : []));
}

/** Waits, for as long as the test may take, and without a timer of its own. */
async function found<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const it = look();
    if (it !== undefined) return it;
    await setImmediate();
  }
}

/** The whole blocks of a stream; what is still to be completed is left for later, and comments say nothing. */
function parse(text: string): readonly Told[] {
  return text
    .split("\n\n")
    .slice(0, -1)
    .map((block) => Object.fromEntries(block.split("\n").map(fieldOf)))
    .filter((fields): fields is { event: Told["event"]; data: string } => "data" in fields)
    .map(({ event, data }) => ({ event, data: JSON.parse(data) as never }));
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}
