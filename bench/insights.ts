import { eventSource, type LogName, type Share } from "./insights-events.ts";
import { logPlaces, type LogKind, type LogPlace } from "./insights-places.ts";
import { counting, questions, type QuestionName } from "./insights-questions.ts";
import { rowsOf } from "../src/insights/recording/event-rows.ts";
import { numberSettings } from "../src/insights/recording/write-numbers.ts";
import { loadCountries } from "../src/phone-numbers/country-of.ts";
import { feed } from "../test/insights/month/feed.ts";
import type { RawEvent } from "../test/insights/month/simulate.ts";
import { whenParentEnds } from "./parent.ts";

/*
 * The child process with message logs: `insights.js <database> <messages>`. It fills logs of a simulated month, asks them,
 * and does by hand what can be compared with that.
 */

/** What it is told to do; with `alone`, the log alone is filled. */
export type LogOrder =
  | ({ readonly work: "fill"; readonly alone?: boolean } & Share)
  | { readonly work: "ask"; readonly log: LogName; readonly question: QuestionName }
  | { readonly work: "settle" | "size"; readonly log: LogName }
  | { readonly work: "look" };

/** What the log took, and what it took by hand. */
export interface LogCosts {
  readonly log: LogCost;
  readonly byHand: LogCost;
}

/** For each event or for the question; by the size of the log on the disk, for each message. */
export interface LogCost {
  readonly wallInMicroseconds: number;
  readonly cpuInMicroseconds: number;
  readonly bytes: number;
}

const nothing: LogCost = { wallInMicroseconds: 0, cpuInMicroseconds: 0, bytes: 0 };

const [, , kind, messages] = process.argv;
const places = await logPlaces(kind as LogKind);
const eventsOf = eventSource(Number(messages));
const writing = { ...numberSettings(undefined), countryOf: await loadCountries(), keepTexts: false };
const opened = new Map<LogName, LogPlace>();

process.on("message", (order: LogOrder) => void answer(order).then((costs) => process.send?.(costs)));
whenParentEnds(() => void close().finally(() => process.exit()));
process.send?.("ready");

/** `undefined` goes as `null`: there is no such database. */
async function answer(order: LogOrder): Promise<LogCosts | null> {
  if (places === undefined) return null;
  if (order.work === "look") return { log: nothing, byHand: nothing };
  const place = opened.get(order.log) ?? (await places.open());
  opened.set(order.log, place);
  switch (order.work) {
    case "fill":
      return fill(place, eventsOf(order), order);
    case "ask":
      return ask(place, order.question);
    case "size":
      return sizes(place);
    case "settle":
      return place.settle().then(() => ({ log: nothing, byHand: nothing }));
    default:
      return null;
  }
}

/** The rows are made beforehand for whoever writes by hand. They take turns in who is first. */
async function fill(
  { log, writeByHand }: LogPlace,
  events: readonly RawEvent[],
  { part, alone = false }: { part: number; alone?: boolean },
): Promise<LogCosts> {
  const rows = rowsOf(events, writing);
  const byHand = async (): Promise<LogCost> =>
    alone ? nothing : measured(events.length, async () => writeByHand(rows));
  const first = part % 2 === 1 ? await byHand() : undefined;
  const ours = await measured(events.length, async () => feed(log, events));
  return { log: ours, byHand: first ?? (await byHand()) };
}

async function ask({ log, ask }: LogPlace, name: QuestionName): Promise<LogCosts> {
  const question = questions[name];
  return {
    log: await measured(1, async () => log.summarize(question.options)),
    byHand: await measured(1, async () => ask(counting(question))),
  };
}

async function sizes(place: LogPlace): Promise<LogCosts> {
  const { log, byHand } = await place.bytes();
  return {
    log: { ...nothing, bytes: log / Number(messages) },
    byHand: { ...nothing, bytes: byHand / Number(messages) },
  };
}

async function measured(times: number, work: () => Promise<unknown>): Promise<LogCost> {
  const [before, startedAt] = [process.cpuUsage(), performance.now()];
  await work();
  const [{ user, system }, wallInMs] = [process.cpuUsage(before), performance.now() - startedAt];
  return {
    cpuInMicroseconds: (user + system) / times,
    wallInMicroseconds: (wallInMs * 1000) / times,
    bytes: 0,
  };
}

async function close(): Promise<void> {
  for (const place of opened.values()) await place.close();
  await places?.close();
}
