import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { send, type SendDependencies } from "../../src/client/send.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import type { SmsAnswer, SmsAttempt, SmsBatch, SmsTransport } from "../../src/transport/sms-transport.js";
import { people, sender } from "../support/clients.js";

/** What befalls one attempt. */
type Fate = "answer" | "refuse" | "lose" | "reorder" | "omit";

const fates = fc.constantFrom<Fate>("answer", "refuse", "lose", "reorder", "omit");

/** An attempt as it left, with the moment its suppression check began. */
interface Departure {
  readonly checkedFrom: number;
  readonly recipients: readonly string[];
}

/** A transport with retries that does what it is told, and lets other work run between any two of its steps. */
class FatefulTransport implements SmsTransport {
  readonly maxRecipients = 3;
  readonly departures: Departure[] = [];
  readonly #fates: Iterator<Fate>;
  readonly #pause: () => Promise<void>;
  readonly #clock: { now: number };

  constructor(fates: readonly Fate[], pause: () => Promise<void>, clock: { now: number }) {
    this.#fates = fates[Symbol.iterator]();
    this.#pause = pause;
    this.#clock = clock;
  }

  assertUsable(): void {}
  optOuts = async (): Promise<never> => Promise.reject(new Error("not used here"));
  deliveryReport = async (): Promise<never> => Promise.reject(new Error("not used here"));

  async send(batch: SmsBatch): Promise<readonly SmsAnswer[]> {
    for (let retry = 0; ; retry++) {
      await this.#pause();
      const checkedFrom = this.#clock.now;
      const attempt = await batch.nextAttempt();
      this.departures.push({ checkedFrom, recipients: attempt.recipients.map(({ to }) => to) });
      await this.#pause();
      const answers = this.#befall(attempt);
      if (answers !== undefined) return answers;
      if (retry === 3) throw new Error("no answer after retries");
    }
  }

  #befall(attempt: SmsAttempt): readonly SmsAnswer[] | undefined {
    const { value: fate = "answer" } = this.#fates.next() as { value?: Fate };
    const verdict = fate === "refuse" ? "refused" : fate === "lose" ? "unclear" : "answered";
    attempt.settle({ verdict });
    if (verdict !== "answered") return undefined;
    const answers = attempt.recipients.map(({ to, repeatabilityRequestId }) => ({
      to,
      messageId: repeatabilityRequestId,
      httpStatusCode: 202,
      successful: true,
    }));
    if (fate === "reorder") return answers.toReversed();
    return fate === "omit" ? answers.slice(1) : answers;
  }
}

function dependencies(transport: SmsTransport, suppression?: SuppressionList): SendDependencies {
  return {
    transport,
    suppression,
    rateLimiter: undefined,
    observers: [],
    defaultCountry: "US",
    repeatabilityWindowInMs: 300_000,
  };
}

/** Gives everything else that is ready a turn. */
async function otherWork(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

describe("any interleaving of a send, its retries and opt-outs", () => {
  it("lets no attempt carry a recipient whose opt-out was recorded before that attempt's check began", async () => {
    const crowd = people(7);
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fates, { maxLength: 20 }),
        fc.array(fc.record({ who: fc.nat(6), stop: fc.boolean() }), { maxLength: 12 }),
        async (scheduler, fates, events) => {
          const clock = { now: 0 };
          const recorded: RecordedFact[] = [];
          const suppression = new SuppressionList(new MemorySuppressionStore());
          const pause = (): Promise<void> => scheduler.schedule(Promise.resolve());
          const transport = new FatefulTransport(fates, pause, clock);
          // Facts lie minutes apart, so that their own order is not in question here.
          const listening = events.map(async ({ who, stop }, index) => {
            await pause();
            const from = crowd[who] ?? "";
            const receivedAt = new Date(Date.UTC(2026, 0, 1, 0, index));
            await suppression.handleMessage({
              from,
              to: sender,
              message: stop ? "STOP" : "START",
              receivedAt,
            });
            clock.now += 1;
            recorded.push({ who: from, stop, saidAt: index, recordedAt: clock.now });
          });
          const sending = send(
            dependencies(transport, suppression),
            { from: sender, to: crowd, message: "Hi" },
            {},
          ).then(
            (results) => results.map(({ to }) => to),
            (error: { results: { to: string }[] }) => error.results.map(({ to }) => to),
          );
          await scheduler.waitFor(Promise.all(listening));
          expect(await scheduler.waitFor(sending)).toEqual(crowd);

          for (const { checkedFrom, recipients } of transport.departures) {
            for (const to of recipients) expect(isOptedOut(recorded, to, checkedFrom)).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  interface RecordedFact {
    readonly who: string;
    readonly stop: boolean;
    readonly saidAt: number;
    readonly recordedAt: number;
  }

  /** The rule said again: of what was recorded about them by that moment, the word said last is a STOP. */
  function isOptedOut(recorded: readonly RecordedFact[], who: string, moment: number): boolean {
    const known = recorded.filter((fact) => fact.who === who && fact.recordedAt <= moment);
    return known.toSorted((a, b) => a.saidAt - b.saidAt).at(-1)?.stop === true;
  }
});

describe("results", () => {
  it("match recipients one to one, in their order, whatever comes back", async () => {
    const written = fc.oneof(
      fc.nat(9).map((digit) => `+1425555010${digit}`),
      fc.nat(9).map((digit) => `(425) 555-010${digit}`),
      fc.constantFrom("", "nobody", "+1", "12"),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(written, { minLength: 1, maxLength: 30 }),
        fc.array(fates, { maxLength: 30 }),
        async (to, fates) => {
          const transport = new FatefulTransport(fates, otherWork, { now: 0 });
          const results = await send(dependencies(transport), { from: sender, to, message: "Hi" }, {}).catch(
            (error: { results: { to: string; status: string }[] }) => error.results,
          );
          expect(results).toHaveLength(to.length);
          for (const [index, result] of results.entries()) {
            const digits = (to[index] ?? "").replaceAll(/\D/g, "");
            const isNumber = digits.length >= 10;
            expect(result.status === "invalid").toBe(!isNumber);
            expect(result.to).toBe(isNumber ? `+1${digits.slice(-10)}` : to[index]);
          }
          const sent = transport.departures.flatMap(({ recipients }) => recipients);
          const told = results.filter(({ status }) => status === "accepted" || status === "unknown");
          for (const { to } of told) expect(sent).toContain(to);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("never names anyone twice in one request", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 20 }), async (picks) => {
        const crowd = people(5);
        const transport = new FatefulTransport([], otherWork, { now: 0 });
        await send(
          dependencies(transport),
          { from: sender, to: picks.map((pick) => crowd[pick] ?? ""), message: "Hi" },
          {},
        );
        const sent = transport.departures.flatMap(({ recipients }) => recipients);
        expect(new Set(sent).size).toBe(sent.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a change of policy", () => {
  it("moves no data: after STOP, nothing leaves that should not under the new programme or revokeAll", async () => {
    const senders = ["+18005550001", "+18005550002", "+18005550003"] as const;
    const [person] = people(1) as [string];
    const policies = [
      {},
      { revokeAll: true },
      { program: () => "all" },
      { program: (s: string) => (s.endsWith("3") ? "b" : "a") },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ from: fc.nat(2), stop: fc.boolean() }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...policies),
        fc.constantFrom(...policies),
        fc.nat(2),
        async (events, before, after, sendsFrom) => {
          const store = new MemorySuppressionStore();
          const listening = new SuppressionList(store, before);
          for (const [minute, { from, stop }] of events.entries()) {
            const receivedAt = new Date(Date.UTC(2026, 0, 1, 0, minute));
            const message = stop ? "STOP" : "START";
            await listening.handleMessage({ from: person, to: senders[from] ?? "", message, receivedAt });
          }
          const transport = new FatefulTransport([], otherWork, { now: 0 });
          const from = senders[sendsFrom] ?? "";
          await send(
            dependencies(transport, new SuppressionList(store, after)),
            { from, to: [person], message: "Hi" },
            {},
          );
          expect(transport.departures.length === 0).toBe(mustStop(events, after, sendsFrom, senders));
        },
      ),
      { numRuns: 300 },
    );
  });

  /** The rule said again, from the list of what was said: the last word that counts. */
  function mustStop(
    events: readonly { from: number; stop: boolean }[],
    policy: { revokeAll?: boolean; program?: (sender: string) => string },
    sendsFrom: number,
    senders: readonly string[],
  ): boolean {
    const program = (index: number): string => (policy.program ?? ((s: string) => s))(senders[index] ?? "");
    const isOurs = (index: number): boolean => program(index) === program(sendsFrom);
    const lastStop = events.findLastIndex(
      ({ from, stop }) => stop && (policy.revokeAll === true || isOurs(from)),
    );
    const lastStart = events.findLastIndex(({ from, stop }) => !stop && isOurs(from));
    return lastStop > lastStart;
  }
});
