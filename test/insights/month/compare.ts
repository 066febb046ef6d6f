import { expect } from "vitest";

import type { MessagesWhere } from "../../../src/insights/logged-message.js";
import type { MessageLog, SummaryOptions } from "../../../src/insights/message-log.js";
import type { Summary } from "../../../src/insights/summary.js";
import { collect } from "../../support/stores.js";
import { outcomes } from "../events.js";
import { joined } from "./joined.js";
import { recompute, type Prices } from "./recompute.js";
import { monthFrom, monthTo, type RawEvent } from "./simulate.js";

/** In the middle, so that some reports are still to come. */
const at = new Date("2026-11-10T12:00:00Z");

const range = { from: monthFrom, to: monthTo, at };

/** With prefixes of several lengths, and numbers that have no price. */
const table = {
  currency: "USD",
  perSegment: { "+1": "0.0079", "+1246": 0.05, "+44": "0.04", "+447": "0.041", "+7": 1 },
};

const prices: Prices = {
  currency: "USD",
  of: (number) => {
    if (number.startsWith("+1246")) return 50_000;
    if (number.startsWith("+1")) return 7900;
    if (number.startsWith("+447")) return 41_000;
    return number.startsWith("+7") ? 1_000_000 : undefined;
  },
};

/** What is asked of a month: each key, several together, time zones with changing clocks, and parts of it. */
export const questions: readonly (SummaryOptions & { readonly name: string })[] = [
  { name: "all of it", ...range, prices: table },
  { name: "tags", ...range, groupBy: ["tag"], prices: table },
  { name: "senders", ...range, groupBy: ["sender"] },
  { name: "kinds of senders", ...range, groupBy: ["senderKind"] },
  { name: "countries", ...range, groupBy: ["country"], prices: table },
  {
    name: "minutes and senders",
    from: new Date("2026-10-31T22:00:00Z"),
    to: new Date("2026-11-02T10:00:30Z"),
    at,
    groupBy: ["minute", "sender"],
    timeZone: "America/New_York",
  },
  { name: "hours", ...range, groupBy: ["hour"], timeZone: "Australia/Lord_Howe" },
  { name: "days in UTC", ...range, groupBy: ["day"] },
  { name: "days where clocks change", ...range, groupBy: ["day"], timeZone: "America/New_York" },
  { name: "weeks", ...range, groupBy: ["week"], timeZone: "Asia/Kathmandu" },
  { name: "weeks, days and tags", ...range, groupBy: ["week", "tag", "day"], timeZone: "Europe/Berlin" },
  { name: "tags, kinds and countries", ...range, groupBy: ["country", "tag", "senderKind"], prices: table },
  { name: "some tags", ...range, groupBy: ["sender"], where: { tag: ["sale", "réservation 🎉"] } },
  {
    name: "one country and kind",
    ...range,
    where: { country: "US", senderKind: "toll-free" },
    prices: table,
  },
  { name: "a sender by day", ...range, groupBy: ["day"], where: { sender: "12345" } },
  { name: "nothing", ...range, groupBy: ["tag"], where: { tag: "nobody's" } },
  {
    name: "some hours",
    from: new Date("2026-11-01T03:07:11.123Z"),
    to: new Date("2026-11-01T09:01:00Z"),
    at,
    groupBy: ["hour"],
    timeZone: "America/New_York",
  },
];

const counted = new WeakMap<readonly RawEvent[], readonly Summary[]>();

/** What counting comes to, for each question. */
function countedOf(events: readonly RawEvent[]): readonly Summary[] {
  const known = counted.get(events);
  if (known !== undefined) return known;
  const book = joined(events);
  const summaries = questions.map((question) =>
    recompute(book, question, question.prices === undefined ? undefined : prices),
  );
  counted.set(events, summaries);
  return summaries;
}

/** Reads what each figure of a month counts, and the answers to its messages. */
export async function expectMessages(log: MessageLog, events: readonly RawEvent[]): Promise<void> {
  const total = countedOf(events)[0]?.total;
  const count = async (where: MessagesWhere): Promise<number> => {
    const messages = await collect(log.messages({ ...range, where }));
    return new Set(messages.map(({ identity }) => identity)).size;
  };
  for (const outcome of outcomes) expect(await count({ outcome }), outcome).toBe(total?.[outcome]);
  for (const [code, failed] of Object.entries(total?.failedByCode ?? {}))
    expect(await count({ outcome: "failed", code }), code).toBe(failed);
  const answers = await collect(log.inbound(range));
  const counted = new Map(joined(events).answers.map(({ inbound, to }) => [inbound.messageId, to?.identity]));
  const attributed = answers.filter(({ intent }) => intent !== "help");
  expect(attributed.map(({ inReplyTo }) => inReplyTo)).toEqual(
    attributed.map(({ messageId }) => counted.get(messageId)),
  );
}

/** Asks all of it, and compares each figure with what counting comes to. */
export async function expectFigures(log: MessageLog, events: readonly RawEvent[]): Promise<void> {
  const expected = countedOf(events);
  for (const [index, { name, ...question }] of questions.entries())
    expect(await log.summarize(question), name).toEqual(expected[index]);
}
