import { expect, test } from "vitest";
import type { EmulatorMessage } from "../../../src/emulator/index.js";
import { Insights } from "../../../src/emulator/insights/insights.js";
import { JournalLog } from "../../../src/emulator/insights/journal-log.js";

const begin = Date.parse("2026-01-15T10:00:00Z");
const all = { from: new Date(begin), to: new Date(begin + 86_400_000), at: new Date(begin) };

const message = (number: number): EmulatorMessage => ({
  id: `Outgoing_${number}`,
  kind: "outbound",
  sender: "+18005551234",
  phone: `+1425${2_000_000 + number}`,
  message: "Hello",
  encoding: "GSM-7",
  units: 5,
  segments: 1,
  at: new Date(begin + number),
  state: "under-way",
  isShown: false,
});

function journalLog() {
  let kept: readonly EmulatorMessage[] = [];
  const log = new JournalLog({ messages: () => kept, mostMessages: 10_000, intentOf: () => undefined });
  const total = async (messages: readonly EmulatorMessage[]) => {
    kept = messages;
    return (await log.ask(async (asked) => asked.summarize(all))).total;
  };
  return { log, total };
}

test("it learns what is new, and what became of what it knows", async () => {
  const { log, total } = journalLog();
  const [first, second] = [message(1), message(2)];
  expect(await total([first])).toMatchObject({ accepted: 1, pending: 1 });
  const arrived = { ...first, state: "delivered", endedAt: new Date(begin + 501) } as const;
  expect(await total([arrived, second])).toMatchObject({
    accepted: 2,
    delivered: 1,
    pending: 1,
    latencyInMs: { p50: 500 },
  });
  await log.dispose();
});

test("it answers each question about the messages that there were when it was asked", async () => {
  const { log, total } = journalLog();
  const answers = [total([message(1)]), total([message(1), message(2)]), total([message(1), message(2)])];
  expect((await Promise.all(answers)).map(({ accepted }) => accepted)).toEqual([1, 2, 2]);
  await log.dispose();
});

test("it forgets, and still answers what was asked before, also while all of it is being loaded", async () => {
  let kept = [message(1)];
  const insights = new Insights({ messages: () => kept, mostMessages: 10_000, intentOf: () => undefined });
  const accepted = async (): Promise<number> => {
    const figures = await insights.figures();
    return (await figures.summary(() => undefined, all.to)).total.accepted;
  };
  const first = accepted();
  insights.clear();
  expect(await first).toBe(1);
  kept = [];
  insights.clear();
  expect(await accepted()).toBe(0);
  kept = [message(2), message(3)];
  expect(await accepted()).toBe(2);
  await insights.close();
});

test("it holds 2,500 more than the journal at most, and is made anew then", { timeout: 60_000 }, async () => {
  const { log, total } = journalLog();
  const messages = Array.from({ length: 12_501 }, (_, number) => message(number));
  expect(await total(messages.slice(0, 10_000))).toMatchObject({ accepted: 10_000 });
  expect(await total(messages.slice(2500, 12_500))).toMatchObject({ accepted: 12_500 });
  expect(await total(messages.slice(2501))).toMatchObject({ accepted: 10_000 });
  await log.dispose();
});
