import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import type { MessageLog } from "../../src/insights/message-log.js";
import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import type { SmsObservation } from "../../src/observers/observer.js";
import { people } from "../support/clients.js";
import { delivery, hour, inbound, minute, range, result } from "./events.js";
import { collect } from "../support/stores.js";
import { wrong } from "../support/wrong.js";
import { logKinds, releaseServices } from "./log-kinds.js";

afterAll(releaseServices);

const [, other = ""] = people(2);

async function totalOf(log: MessageLog, ...events: readonly SmsObservation[]) {
  for (const event of events) log.observe(event);
  await log.flush();
  return (await log.summarize(range)).total;
}

for (const kind of logKinds) {
  describe.skipIf(!kind.isThere)(`a log in ${kind.name}`, () => {
    const withLog = (body: (log: MessageLog) => Promise<void>) => async (): Promise<void> => {
      await using place = await kind.openPlace();
      await body(await place.open());
    };

    it(
      "counts a message once, however often it is tried",
      withLog(async (log) => {
        const unknown = result("a", 0, { status: "unknown" });
        expect(await totalOf(log, unknown, unknown)).toMatchObject({
          messages: 1,
          unknown: 1,
          messageUnits: 1,
        });
        expect(await totalOf(log, result("a", hour))).toMatchObject({ messages: 1, unknown: 0, accepted: 1 });
        const { total } = await log.summarize({
          ...range,
          from: new Date(range.from.getTime() + 12.5 * hour),
        });
        expect(total).toMatchObject({ messages: 1 });
        expect(await totalOf(log, unknown, result("a", 2 * hour))).toMatchObject({
          messages: 1,
          accepted: 1,
        });
      }),
    );

    it(
      "keeps the best that is known, whatever comes when",
      withLog(async (log) => {
        const known = ["unsent", "suppressed", "unknown", "rejected", "accepted"] as const;
        for (const [index, status] of known.entries()) {
          const worse = known.slice(0, index).map((lower) => result(status, minute, { status: lower }));
          await totalOf(log, result(status, 0, { status }), ...worse);
        }
        const each = { unsent: 1, suppressed: 1, unknown: 1, rejected: 1, accepted: 1 };
        expect(await totalOf(log)).toMatchObject({ messages: 5, ...each });
      }),
    );

    it(
      "counts messages by how long they took, each bound in the band that it ends",
      withLog(async (log) => {
        const latencies = [0, 1000, 1001, 2000, 30_000, 30_001, 43_200_000, 43_200_001, 100 * hour];
        const events = latencies.flatMap((latency, index) => [
          result(`${index}`),
          delivery(`${index}`, latency),
        ]);
        const { latencyCounts } = await totalOf(log, ...events);
        expect(latencyCounts).toEqual([2, 2, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 2]);
      }),
    );

    it(
      "joins a report that comes before its message",
      withLog(async (log) => {
        const report = delivery("a", 2500);
        expect(await totalOf(log, report)).toMatchObject({ messages: 0, delivered: 0 });
        const quantiles = { p50: 2500, p90: 2500, p99: 2500 };
        expect(await totalOf(log, result("a"))).toMatchObject({ delivered: 1, latencyInMs: quantiles });
      }),
    );

    it(
      "believes the newest report, and of two at the same time the failure",
      withLog(async (log) => {
        const failed = { status: "failed", code: 4001 } as const;
        expect(
          await totalOf(log, result("a"), delivery("a", 2000), delivery("a", 1000, failed)),
        ).toMatchObject({ delivered: 1, failed: 0 });
        expect(await totalOf(log, delivery("a", 2000, failed), delivery("a", 2000))).toMatchObject({
          delivered: 0,
          failed: 1,
          failedByCode: { 4001: 1 },
        });
        expect(await totalOf(log, delivery("a", 2001))).toMatchObject({ delivered: 1, failed: 0 });
      }),
    );

    it(
      "tells what was blocked, and what is confirmed by nobody, from what failed",
      withLog(async (log) => {
        const failed = (code?: number) => ({
          status: "failed" as const,
          ...(code !== undefined && { code }),
        });
        const events = [4007, 5002, 4000, undefined].flatMap((code) => [
          result(String(code)),
          delivery(String(code), 1000, failed(code)),
        ]);
        const total = await totalOf(log, ...events);
        expect(total).toMatchObject({ accepted: 4, blocked: 1, unconfirmed: 1, failed: 2, deliveryRate: 0 });
        expect(total.failedByCode).toEqual({ 4000: 1, none: 1 });
        expect(total.deliveryCoverage).toBe(0.5);
      }),
    );

    it(
      "waits for a report as long as it was given, and a day",
      withLog(async (log) => {
        const due = 24 * hour + 90_000;
        const [early, late] = [
          new Date(range.at.getTime() - hour + due - 1),
          new Date(range.at.getTime() - hour + due),
        ];
        const expected = result("a", 0, { reportTimeoutInSeconds: 90 });
        await totalOf(log, expected, result("b", 0, { isReportExpected: false, to: other }));
        const at = async (time: Date) => (await log.summarize({ ...range, at: time })).total;
        expect(await at(early)).toMatchObject({ pending: 1, overdue: 0, unreported: 1 });
        expect(await at(late)).toMatchObject({ pending: 0, overdue: 1, unreported: 1 });
      }),
    );

    it(
      "attributes an answer to the last accepted message of its pair within 72 hours",
      withLog(async (log) => {
        const sent = [
          result("first", 0, { tag: "first" }),
          result("second", hour, { tag: "second" }),
          result("refused", 2 * hour, { tag: "refused", status: "rejected" }),
          result("other's", 2 * hour, { tag: "other's", to: other }),
        ];
        await totalOf(
          log,
          ...sent,
          ...["first", "second", "other's"].map((name) => delivery(name, 3 * hour)),
        );
        const heard = [
          inbound("0", -1),
          inbound("1", 30 * minute),
          inbound("2", 3 * hour),
          inbound("2", 4 * hour),
          inbound("3", 4 * hour, { intent: "opt-out" }),
          inbound("4", 5 * hour, { intent: "help" }),
          inbound("5", 73 * hour),
          inbound("6", 73 * hour + 1),
          inbound("7", hour, { from: other, intent: "opt-in" }),
        ];
        await totalOf(log, ...heard);
        const { groups, unattributed } = await log.summarize({ ...range, groupBy: ["tag"] });
        const seen = groups.map(({ key: { tag }, replies, optOuts, optIns }) => [
          tag,
          replies,
          optOuts,
          optIns,
        ]);
        expect(seen).toEqual([
          ["first", 1, 0, 0],
          ["other's", 0, 0, 0],
          ["refused", 0, 0, 0],
          ["second", 2, 1, 0],
        ]);
        expect(unattributed).toEqual({ replies: 2, optOuts: 0, optIns: 1 });
      }),
    );

    it(
      "counts people, not texts, in the rates of answers",
      withLog(async (log) => {
        const people = ["+14255550001", "+14255550002", "+14255550003", "+14255550004"];
        const sent = people.flatMap((to, index) => [
          result(to, 0, { to }),
          delivery(to, 1000, index === 3 ? { status: "failed" } : {}),
        ]);
        const texts = people.flatMap((from, index) => [
          inbound(`${from} a`, hour + index * minute, { from }),
          inbound(`${from} b`, 2 * hour, { from, intent: index === 0 ? "opt-out" : "none" }),
        ]);
        const total = await totalOf(
          log,
          ...sent,
          ...texts,
          inbound("again", 3 * hour, { intent: "opt-out", from: people[0] ?? "" }),
        );
        expect(total).toMatchObject({ replies: 7, optOuts: 2, responseRate: 1, optOutRate: 1 / 3 });
        expect(total.timeToReplyInMs).toEqual({
          p50: hour + minute,
          p90: hour + 3 * minute,
          p99: hour + 3 * minute,
        });
      }),
    );

    it(
      "prunes what is old, and nothing else",
      withLog(async (log) => {
        const old = Array.from({ length: 1200 }, (_, index) => result(`old ${index}`, -hour));
        await totalOf(
          log,
          ...old,
          delivery("old 1"),
          inbound("x", -1),
          result("new", 0),
          delivery("new"),
          inbound("y", 1),
        );
        expect(await log.prune(new Date(range.from.getTime() + 12 * hour))).toBe(1200);
        expect(await totalOf(log)).toMatchObject({ messages: 1, delivered: 1, replies: 1 });
        expect(await log.prune(new Date(range.to.getTime() + 48 * hour))).toBe(1);
        expect(await totalOf(log, result("new", 0))).toMatchObject({ messages: 1, delivered: 0 });
      }),
    );

    it(
      "takes any text, and loses what is no event, alone",
      withLog(async (log) => {
        const odd = "é\0\uD800 'x'; -- \"$1";
        const events = [
          result("a", 0, { tag: odd, from: sender(odd) }),
          inbound(odd.repeat(100), hour, { from: odd, to: odd }),
          delivery("a", Number.NaN),
          { type: "result", at: "yesterday" } as unknown as SmsObservation,
          delivery("a", 1000, { code: 1.5 }),
          result("b", 0, { status: "lost" as "unknown" }),
          inbound("b", 0, { intent: "perhaps" as "none" }),
          result("b", 0, { segments: wrong(undefined) }),
          result("b", 0, { segments: wrong("one") }),
          result("b", 0, { reportTimeoutInSeconds: wrong({}) }),
          delivery("a", 1000, { code: wrong("4006: No") }),
        ];
        expect(await totalOf(log, ...events)).toMatchObject({ messages: 1, delivered: 0 });
        expect(log.state).toEqual({ waiting: 0, written: 2, lost: 9 });
        const { groups } = await log.summarize({ ...range, groupBy: ["tag"] });
        expect(groups[0]?.key.tag).toBe("é\uFFFD\uFFFD 'x'; -- \"$1");
      }),
    );

    it(
      "finds what it could not write as it was by what it was",
      withLog(async (log) => {
        const tags = ["nul\0", "half \uD83C", "long ".repeat(100)];
        for (const tag of tags) await totalOf(log, result(tag.slice(0, 5), 0, { tag }));
        for (const tag of tags) {
          expect((await log.summarize({ ...range, where: { tag } })).total.messages).toBe(1);
          expect(await collect(log.messages({ ...range, where: { tag } }))).toHaveLength(1);
        }
      }),
    );
  });
}

function sender(text: string): string {
  return text.slice(0, 11);
}

const statuses = ["accepted", "rejected", "suppressed", "unknown", "unsent"] as const;
const name = fc.constantFrom("a", "b", "c");
const after = fc.integer({ min: 0, max: 5 }).map((index) => index * hour);

/** What is told of a message is the same each time, but for what became of it and when. */
const anyResult = fc
  .record({ name, after, status: fc.constantFrom(...statuses) })
  .map(({ name, after, status }) => result(name, after, { status, tag: name }));
const anyDelivery = fc
  .record({
    name,
    after,
    code: fc.constantFrom(undefined, 4000, 4007, 5002),
    isFailed: fc.boolean(),
    attempt: after,
  })
  .map(({ name, after, code, isFailed, attempt }) =>
    delivery(name, after, {
      status: isFailed ? "failed" : "delivered",
      lastAttemptAt: new Date(range.from.getTime() + attempt),
      ...(code !== undefined && { code }),
    }),
  );
const intent = fc.constantFrom("none" as const, "opt-out" as const, "opt-in" as const);
const anyInbound = fc
  .record({ after, intent })
  .map(({ after, intent }) => inbound(`${after} ${intent}`, after, { intent }));

const anyEvents = fc.array(fc.oneof(anyResult, anyDelivery, anyInbound), { maxLength: 25 });
const shuffledTwice = anyEvents.chain((events) => {
  const doubled = [...events, ...events];
  return fc.tuple(fc.constant(events), fc.shuffledSubarray(doubled, { minLength: doubled.length }));
});

describe("what a log knows", () => {
  it("does not depend on the order of events, nor on how often they come", async () => {
    const ask = async (log: MessageLog, events: readonly SmsObservation[]) => {
      for (const event of events) log.observe(event);
      await log.flush();
      return log.summarize({ ...range, groupBy: ["tag", "hour"] });
    };
    await fc.assert(
      fc.asyncProperty(shuffledTwice, async ([events, again]) => {
        await using one = new SqliteMessageLog(":memory:");
        await using other = new SqliteMessageLog(":memory:");
        const expected = await ask(one, events);
        expect(await ask(other, again)).toEqual(expected);
        expect(await ask(one, again)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
