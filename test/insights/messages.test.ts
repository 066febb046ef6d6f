import { afterAll, describe, expect, it } from "vitest";

import type { LoggedMessage, MessagesWhere } from "../../src/insights/logged-message.js";
import type { MessageLog, MessageLogOptions } from "../../src/insights/message-log.js";
import type { SmsObservation } from "../../src/observers/observer.js";
import { people, person, sender } from "../support/clients.js";
import { collect } from "../support/stores.js";
import { delivery, hour, inbound, minute, outcomes, range, result } from "./events.js";
import { logKinds, releaseServices } from "./log-kinds.js";

afterAll(releaseServices);

const [, other = ""] = people(2);
const otherSender = "+18335550100";
const noon = range.at.getTime() - hour;
const hashKey = "a key for the hashes of numbers";

async function tell(log: MessageLog, ...events: readonly SmsObservation[]): Promise<void> {
  for (const event of events) log.observe(event);
  await log.flush();
}

async function namesOf(log: MessageLog, where: MessagesWhere = {}, limit?: number): Promise<string[]> {
  const messages = await collect(log.messages({ ...range, where, limit }));
  return messages.map(({ identity }) => identity);
}

/** A message of each outcome, named by it. */
function ofEachOutcome(): readonly SmsObservation[] {
  const failed = (code: number) => ({ status: "failed" as const, code });
  return [
    ...["delivered", "failed", "blocked", "unconfirmed", "pending"].map((name) => result(name)),
    delivery("delivered", 1000, { code: 2000 }),
    delivery("failed", 1000, failed(4006)),
    delivery("blocked", 1000, failed(4007)),
    delivery("unconfirmed", 1000, failed(5002)),
    result("overdue", -11 * hour - 59 * minute, { reportTimeoutInSeconds: 60 }),
    result("unreported", 0, { isReportExpected: false }),
    ...(["rejected", "suppressed", "unknown", "unsent"] as const).map((status) =>
      result(status, 0, { status }),
    ),
    result("invalid", 0, { status: "invalid", to: "no number" }),
  ];
}

for (const kind of logKinds) {
  describe.skipIf(!kind.isThere)(`messages of a log in ${kind.name}`, () => {
    const withLog =
      (body: (log: MessageLog) => Promise<void>, options: MessageLogOptions = {}) =>
      async (): Promise<void> => {
        await using place = await kind.openPlace();
        await body(await place.open(options));
      };

    it(
      "say all that is known of them",
      withLog(async (log) => {
        const text = (): string => "kept only when it is asked for";
        const sent = { tag: "sale", segments: 2, text };
        await tell(
          log,
          result("known", 0, sent),
          delivery("known", 2000, {
            status: "failed",
            code: 4006,
            lastAttemptAt: new Date(noon + 1500),
          }),
          result("odd", -1, { status: "invalid", to: "no number", from: "Contoso" }),
        );
        const known: LoggedMessage = {
          at: new Date(noon),
          identity: "known",
          messageId: "id of known",
          from: sender,
          to: person,
          country: "US",
          tag: "sale",
          segments: 2,
          outcome: "failed",
          code: 4006,
          lastAttemptAt: new Date(noon + 1500),
          reportedAt: new Date(noon + 2000),
        };
        const odd: LoggedMessage = {
          at: new Date(noon - 1),
          identity: "odd",
          from: "Contoso",
          segments: 1,
          outcome: "invalid",
        };
        expect(await collect(log.messages(range))).toEqual([known, odd]);
      }),
    );

    it(
      "are found by what became of them",
      withLog(async (log) => {
        await tell(log, ...ofEachOutcome());
        const at = new Date(noon + 12 * hour + 2 * minute);
        const read = async (where: MessagesWhere) => {
          const messages = await collect(log.messages({ ...range, at, where }));
          return messages.map(({ identity, outcome }) => [identity, outcome]);
        };
        for (const outcome of outcomes) expect(await read({ outcome })).toEqual([[outcome, outcome]]);
        expect(await read({})).toHaveLength(outcomes.length);
        expect(await read({ outcome: ["failed", "blocked"] })).toHaveLength(2);
        const early = log.messages({
          ...range,
          at: range.from,
          where: { outcome: "pending", tag: undefined },
        });
        expect((await collect(early)).map(({ identity }) => identity)).toEqual(["pending", "overdue"]);
      }),
    );

    it(
      "are found by the code of their report, or that it has none",
      withLog(async (log) => {
        await tell(
          log,
          ...ofEachOutcome(),
          result("codeless"),
          delivery("codeless", 1, { status: "failed" }),
        );
        expect(await namesOf(log, { code: "4006" })).toEqual(["failed"]);
        expect(await namesOf(log, { code: ["2000", "4007"] })).toEqual(["delivered", "blocked"]);
        expect(await namesOf(log, { code: "none" })).toEqual(["codeless"]);
        expect(await namesOf(log, { code: "4006", outcome: "blocked" })).toEqual([]);
      }),
    );

    it(
      "are found by their properties, and by their recipient, whatever became of them",
      withLog(async (log) => {
        await tell(
          log,
          result("a", 4, { tag: "sale" }),
          result("b", 3, { to: other, status: "suppressed" }),
          result("c", 2, { to: other, from: otherSender, tag: "sale" }),
          result("d", 1, { to: "+447400000001", from: "12345", status: "unknown" }),
        );
        expect(await namesOf(log, { tag: "sale" })).toEqual(["a", "c"]);
        expect(await namesOf(log, { sender: [otherSender, "12345"] })).toEqual(["c", "d"]);
        expect(await namesOf(log, { senderKind: "short-code" })).toEqual(["d"]);
        expect(await namesOf(log, { country: "GB" })).toEqual(["d"]);
        expect(await namesOf(log, { recipient: other })).toEqual(["b", "c"]);
        expect(await namesOf(log, { recipient: [person, "+447400000001"] })).toEqual(["a", "d"]);
        expect(await namesOf(log, { recipient: other, tag: "sale" })).toEqual(["c"]);
        expect(await namesOf(log, { recipient: "+14255559999" })).toEqual([]);
        expect(await namesOf(log, { tag: [] })).toEqual([]);
      }),
    );

    it(
      "are those of the range, the newest first, and of one time in the order of their identities",
      withLog(async (log) => {
        const length = range.to.getTime() - noon;
        await tell(
          log,
          result("first", -12 * hour),
          result("too early", -12 * hour - 1),
          result("last", length - 1),
          result("too late", length),
          ...["é", "a", "B", "c"].map((name) => result(name)),
        );
        expect(await namesOf(log)).toEqual(["last", "é", "c", "a", "B", "first"]);
        expect(await namesOf(log, {}, 3)).toEqual(["last", "é", "c"]);
      }),
    );

    it(
      "come once each over many pages, while others are written",
      withLog(async (log) => {
        const names = Array.from({ length: 2600 }, (_, index) => `there ${index}`);
        // Some hundred at each time, so that pages end among those of one.
        await tell(log, ...names.map((name, index) => result(name, index % 7)));
        const seen: string[] = [];
        for await (const { identity } of log.messages(range)) {
          if (seen.length % 400 === 0)
            await tell(log, result(`new ${seen.length}`, 10), result(`zzz ${seen.length}`, 3));
          seen.push(identity);
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((name) => name.startsWith("there")).toSorted()).toEqual(names.toSorted());
        expect(await namesOf(log, {}, 1001)).toHaveLength(1001);
      }),
    );

    it(
      "can be left at any time",
      withLog(async (log) => {
        await tell(log, result("a", 1), result("b"));
        for await (const { identity } of log.messages(range)) {
          expect(identity).toBe("a");
          break;
        }
        expect(await namesOf(log)).toEqual(["a", "b"]);
      }),
    );

    it(
      "are found by numbers of which the log has hashes",
      withLog(
        async (log) => {
          await tell(log, result("a", 1), result("b", 0, { to: other }), inbound("in"));
          const [message, ...rest] = await collect(log.messages({ ...range, where: { recipient: person } }));
          expect([message?.identity, rest.length]).toEqual(["a", 0]);
          expect(message?.to).toMatch(/^[\w-]{43}$/);
          const [answer] = await collect(log.inbound({ ...range, where: { recipient: person } }));
          expect(answer).toMatchObject({ from: message?.to, inReplyTo: "a" });
        },
        { hashKey },
      ),
    );

    it(
      "have their texts where those are kept: well-formed, without U+0000, cut",
      withLog(
        async (log) => {
          const texts = [
            "Hi 🎉",
            "half \uD83C",
            "nothing \0 here",
            "x".repeat(5000),
            `${"y".repeat(4095)}🎉`,
          ];
          await tell(
            log,
            ...texts.flatMap((text, index) => [
              result(`${index}`, index, { text: () => text }),
              inbound(`${index}`, index, { text: () => text }),
            ]),
          );
          const kept = [
            `${"y".repeat(4095)}\uFFFD`,
            "x".repeat(4096),
            "nothing \uFFFD here",
            "half \uFFFD",
            "Hi 🎉",
          ];
          const textsOf = async (read: AsyncIterable<{ readonly text?: string }>) =>
            (await collect(read)).map(({ text }) => text);
          expect(await textsOf(log.messages(range))).toEqual(kept);
          expect(await textsOf(log.inbound(range))).toEqual(kept);
        },
        { keepTexts: true },
      ),
    );

    it(
      "have the text of what is known best, and are written without one that cannot be had",
      withLog(
        async (log) => {
          const says = (text: string) => ({ text: () => text });
          await tell(log, result("a", 0, { status: "unknown", ...says("unknown") }));
          await tell(log, result("a", 1, says("accepted")), result("a", 2, says("accepted again")));
          const failing = (): string => {
            throw new Error("no text");
          };
          await tell(log, result("b", 0, { text: failing }), inbound("in", 1, { text: failing }));
          await tell(log, inbound("in", 1, says("doubled")));
          const messages = await collect(log.messages(range));
          expect(messages.map(({ identity, text }) => [identity, text])).toEqual([
            ["a", "accepted"],
            ["b", undefined],
          ]);
          expect((await collect(log.inbound(range))).map(({ text }) => text)).toEqual([undefined]);
          expect(log.state).toMatchObject({ lost: 0 });
        },
        { keepTexts: true },
      ),
    );

    it(
      "are answered by what people write, each text to the last one accepted of its pair within 72 hours",
      withLog(async (log) => {
        await tell(
          log,
          result("first", 0),
          result("second", hour),
          result("refused", 2 * hour, { status: "rejected" }),
          inbound("early", -1),
          inbound("to first", 30 * minute, { intent: "help" }),
          inbound("to second", 73 * hour, { intent: "opt-out" }),
          inbound("late", 73 * hour + 1),
          inbound("to another", 3 * hour, { to: otherSender }),
          inbound("other's", 4 * hour, { from: other }),
        );
        const read = async (where = {}) => {
          const texts = await collect(log.inbound({ ...range, where }));
          return texts.map(({ messageId, inReplyTo }) => [messageId, inReplyTo]);
        };
        expect(await read()).toEqual([
          ["late", undefined],
          ["to second", "second"],
          ["other's", undefined],
          ["to another", undefined],
          ["to first", "first"],
          ["early", undefined],
        ]);
        expect(await read({ intent: ["help", "opt-out"], recipient: person })).toHaveLength(2);
        expect(await read({ sender: otherSender })).toEqual([["to another", undefined]]);
        expect(await read({ recipient: other })).toEqual([["other's", undefined]]);
        const [last] = await collect(log.inbound({ ...range, limit: 1 }));
        expect(last).toEqual({
          receivedAt: new Date(noon + 73 * hour + 1),
          messageId: "late",
          from: person,
          to: sender,
          intent: "none",
        });
      }),
    );
  });
}
