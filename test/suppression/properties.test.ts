import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { markOf } from "../../src/suppression/confirmation.js";
import type { SuppressionListOptions } from "../../src/suppression/list-options.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { canary } from "../support/canary.js";
import { collect, fact, minute } from "../support/stores.js";

/*
 * Promises 1 and 2 of the design: STOP wins, in any order and number of arrivals, under any policy. What should be is
 * said by `isStopped` below, from the design's sentences and the whole of the events, without store or list.
 */

const senders = ["+18005551234", "+18335550000", "12345", "CONTOSO"] as const;
const everybody = "*";
const recipients = [...canary.numbers, "+447700900123"];

const programs: Readonly<Record<string, string>> = {
  "+18005551234": "orders",
  "+18335550000": "orders",
  "12345": "news",
  CONTOSO: "news",
};
const policies: readonly SuppressionListOptions[] = [
  {},
  { revokeAll: true },
  { program: (sender) => programs[sender] ?? "none" },
  { program: (sender) => programs[sender] ?? "none", revokeAll: true },
  { program: () => "one for all" },
];

/** Few times and few details, so that ties and repetitions are frequent. */
const event: fc.Arbitrary<SuppressionEntry> = fc
  .record(
    {
      sender: fc.constantFrom(...senders, everybody),
      recipient: fc.constantFrom(...recipients),
      state: fc.constantFrom("opted-out", "opted-in"),
      at: fc.integer({ min: 0, max: 6 }).map(minute),
      source: fc.constantFrom("keyword", "delivery-report", "service", "manual", "import"),
      messageId: fc.constantFrom("a", "b"),
      keyword: fc.constantFrom("STOP", "stop"),
      note: fc.constantFrom("x", "y"),
    },
    { requiredKeys: ["sender", "recipient", "state", "at", "source"] },
  )
  .map(fact);
const events = fc.array(event, { maxLength: 30 });

/** The same events as they might arrive: each up to three times, in any order, in batches of any size. */
function arrivalOf(list: readonly SuppressionEntry[]): fc.Arbitrary<SuppressionEntry[][]> {
  const times = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: list.length, maxLength: list.length });
  return times
    .map((counts) => list.flatMap((one, index) => Array.from({ length: counts[index] ?? 1 }, () => one)))
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }))
    .chain((all) =>
      fc
        .array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 })
        .map((sizes) => batches(all, sizes)),
    );
}

function batches<T>(all: readonly T[], sizes: readonly number[]): T[][] {
  const rest = [...all];
  const made: T[][] = [];
  while (rest.length > 0) made.push(rest.splice(0, sizes[made.length % sizes.length]));
  return made;
}

async function storeWith(arrival: readonly (readonly SuppressionEntry[])[]): Promise<MemorySuppressionStore> {
  const store = new MemorySuppressionStore();
  for (const batch of arrival) await store.record(batch);
  return store;
}

async function decisions(store: MemorySuppressionStore, options: SuppressionListOptions): Promise<unknown[]> {
  const list = new SuppressionList(store, options);
  return Promise.all([...senders, everybody].map(async (sender) => list.check(sender, recipients)));
}

/** The state now, in an order of its own. */
async function stateOf(store: MemorySuppressionStore): Promise<string[]> {
  return (await collect(store.entries()))
    .map((entry) => JSON.stringify(entry, Object.keys(entry).sort()))
    .sort();
}

async function historyOf(store: MemorySuppressionStore): Promise<number> {
  const histories = await Promise.all(recipients.map(async (recipient) => collect(store.history(recipient))));
  return histories.flat().length;
}

/**
 * "A send from `s` is stopped if the newest opt-out among the senders that count is not older than the newest opt-in
 * within `s`'s program. Opt-outs of the same program count, or of every sender with `revokeAll`. Under the sender `*` an
 * opt-out stops every sender until an opt-in under `*`."
 */
function isStopped(
  all: readonly SuppressionEntry[],
  sender: string,
  to: string,
  options: SuppressionListOptions,
): boolean {
  const { program = (key: string) => key, revokeAll = false } = options;
  const said = (state: SuppressionEntry["state"], counts: (by: string) => boolean): number[] =>
    all
      .filter((one) => one.recipient === to && one.state === state && counts(one.sender))
      .map(({ at }) => at.getTime());
  const stands = (outs: readonly number[], ins: readonly number[]): boolean =>
    outs.some((out) => ins.every((optIn) => optIn <= out));
  const isEverybody = (by: string): boolean => by === everybody;
  const isInProgram = (by: string): boolean => !isEverybody(by) && program(by) === program(sender);
  const counts = revokeAll ? (by: string) => !isEverybody(by) : isInProgram;
  return (
    stands(said("opted-out", isEverybody), said("opted-in", isEverybody)) ||
    stands(said("opted-out", counts), said("opted-in", isInProgram))
  );
}

async function expectAsModelled(
  store: MemorySuppressionStore,
  all: readonly SuppressionEntry[],
  options: SuppressionListOptions,
): Promise<void> {
  const list = new SuppressionList(store, options);
  for (const sender of senders) {
    const answers = await list.check(sender, recipients);
    const modelled = recipients.map((to) => isStopped(all, sender, to, options));
    expect(answers.map(({ suppressed }) => suppressed)).toEqual(modelled);
    for (const [index, answer] of answers.entries()) {
      if (!answer.suppressed) continue;
      expect(all).toContainEqual(answer.entry);
      expect(answer.entry).toMatchObject({ state: "opted-out", recipient: recipients[index] });
    }
  }
}

const sameEventsTwice = events.chain((list) => fc.tuple(fc.constant(list), arrivalOf(list), arrivalOf(list)));

describe("any permutation and repetition of the same events", () => {
  it("gives the same state, the same history and the same decisions", async () => {
    const property = fc.asyncProperty(sameEventsTwice, async ([list, one, another]) => {
      const [plain, first, second] = await Promise.all([[list], one, another].map(storeWith));
      if (plain === undefined || first === undefined || second === undefined) throw new Error("no store");
      for (const store of [first, second]) {
        expect(await stateOf(store)).toEqual(await stateOf(plain));
        expect(await historyOf(store)).toBe(await historyOf(plain));
        for (const options of policies)
          expect(await decisions(store, options)).toEqual(await decisions(plain, options));
      }
    });
    await expect(fc.assert(property, { numRuns: 150 })).resolves.toBeUndefined();
  });

  it("is decided as the design says", async () => {
    const arrivals = events.chain((list) => fc.tuple(fc.constant(list), arrivalOf(list)));
    const property = fc.asyncProperty(arrivals, async ([list, arrival]) => {
      const store = await storeWith(arrival);
      for (const options of policies) await expectAsModelled(store, list, options);
    });
    await expect(fc.assert(property, { numRuns: 150 })).resolves.toBeUndefined();
  });

  it("leaves one entry for each sender, recipient and state: the newest", async () => {
    const arrivals = events.chain((list) => fc.tuple(fc.constant(list), arrivalOf(list)));
    const property = fc.asyncProperty(arrivals, async ([list, arrival]) => {
      const newest = new Map<string, number>();
      for (const { sender, recipient, state, at } of list) {
        const key = `${sender} ${recipient} ${state}`;
        newest.set(key, Math.max(newest.get(key) ?? 0, at.getTime()));
      }
      const now = await collect((await storeWith(arrival)).entries());
      const times = now.map(
        ({ sender, recipient, state, at }) => [`${sender} ${recipient} ${state}`, at.getTime()] as const,
      );
      expect(times).toHaveLength(newest.size);
      expect(new Map(times)).toEqual(newest);
    });
    await expect(fc.assert(property, { numRuns: 100 })).resolves.toBeUndefined();
  });
});

describe("messages that arrive late, twice and out of order", () => {
  const message = fc.record({
    from: fc.constantFrom(...recipients, ...recipients.map((number) => number.slice(1))),
    to: fc.constantFrom("+18005551234", "18005551234", "12345", "Contoso", "CONTOSO"),
    message: fc.constantFrom("STOP", "Stop!", "START", "unstop", "HELP", "hello"),
    receivedAt: fc.integer({ min: 0, max: 6 }).map(minute),
    messageId: fc.constantFrom("a", "b", "c"),
  });

  it("end at the same decisions, which the model has too", async () => {
    const messages = fc.array(message, { maxLength: 20 });
    const arrivals = messages.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    );
    const property = fc.asyncProperty(arrivals, async ([list, arrival]) => {
      const store = new MemorySuppressionStore();
      const suppression = new SuppressionList(store);
      for (const inbound of arrival) await suppression.handleMessage(inbound);
      const all = await Promise.all(recipients.map(async (recipient) => collect(store.history(recipient))));
      const facts = list.flatMap(({ from, to, message, receivedAt }) => {
        const words: Record<string, SuppressionEntry["state"]> = { STOP: "opted-out", START: "opted-in" };
        words["Stop!"] = "opted-out";
        words["unstop"] = "opted-in";
        const recipient = from.startsWith("+") ? from : `+${from}`;
        const sender = to === "18005551234" ? `+${to}` : to.toUpperCase();
        const state = words[message];
        return state === undefined ? [] : [fact({ sender, recipient, state, at: receivedAt })];
      });
      const kinds = (entries: readonly SuppressionEntry[]): Set<string> =>
        new Set(entries.map((one) => [one.sender, one.recipient, one.state, one.at.getTime()].join(" ")));
      expect(kinds(all.flat())).toEqual(kinds(facts));
      for (const options of policies) {
        const list = new SuppressionList(store, options);
        for (const sender of senders) {
          const stopped = (await list.check(sender, recipients)).map(({ suppressed }) => suppressed);
          expect(stopped).toEqual(recipients.map((to) => isStopped(facts, sender, to, options)));
        }
      }
    });
    await expect(fc.assert(property, { numRuns: 60 })).resolves.toBeUndefined();
  });
});

describe("a change of policy", () => {
  /** Any way to put the senders into programs. */
  const anyPolicy: fc.Arbitrary<SuppressionListOptions> = fc
    .tuple(fc.tuple(...senders.map(() => fc.constantFrom("p", "q", "r", everybody))), fc.boolean())
    .map(([names, revokeAll]) => ({
      program: (sender) => names[(senders as readonly string[]).indexOf(sender)] ?? sender,
      revokeAll,
      [fc.toStringMethod]: () => `{ ${names.join(", ")}, revokeAll: ${String(revokeAll)} }`,
    }));

  it("moves no data, and lets nobody through whom the new policy stops", async () => {
    const property = fc.asyncProperty(
      events,
      events,
      anyPolicy,
      anyPolicy,
      async (before, after, one, another) => {
        const store = new MemorySuppressionStore();
        await new SuppressionList(store, one).check(senders[0], recipients);
        await store.record(before);
        await expectAsModelled(store, before, one);
        await store.record(after);
        await expectAsModelled(store, [...before, ...after], another);
        await expectAsModelled(store, [...before, ...after], one);
      },
    );
    await expect(fc.assert(property, { numRuns: 100 })).resolves.toBeUndefined();
  });

  it("never lets a STOP without a later START through its own sender", async () => {
    const anyTime = fc.integer({ min: 0, max: 6 });
    const property = fc.asyncProperty(events, anyTime, anyPolicy, async (list, time, options) => {
      const stop = fact({ at: minute(time) });
      // No opt-in is newer: neither the sender's own, nor one that another program might bring along.
      const older = list.filter(
        ({ state, at }) => state === "opted-out" || at.getTime() <= stop.at.getTime(),
      );
      const store = await storeWith([[stop, ...older]]);
      const [decision] = await new SuppressionList(store, options).check(stop.sender, [stop.recipient]);
      expect(decision?.suppressed).toBe(true);
    });
    await expect(fc.assert(property, { numRuns: 200 })).resolves.toBeUndefined();
  });

  it("to revokeAll stops all whom it stopped before, and more", async () => {
    const property = fc.asyncProperty(events, anyPolicy, async (list, { program }) => {
      const store = await storeWith([list]);
      const [loose, strict] = [
        new SuppressionList(store, { program }),
        new SuppressionList(store, { program, revokeAll: true }),
      ];
      for (const sender of senders) {
        const [some, all] = await Promise.all([
          loose.check(sender, recipients),
          strict.check(sender, recipients),
        ]);
        for (const [index, { suppressed }] of some.entries()) {
          expect(all[index]?.suppressed === true || !suppressed).toBe(true);
        }
      }
    });
    await expect(fc.assert(property, { numRuns: 100 })).resolves.toBeUndefined();
  });
});

describe("used confirmations", () => {
  it("never change a decision, whatever the policy", async () => {
    const grant = fc.record({
      intent: fc.constantFrom("opt-out" as const, "help" as const),
      messageId: fc.constantFrom("a", "b"),
      sender: fc.constantFrom(...senders),
      recipient: fc.constantFrom(...recipients),
      receivedAt: fc.integer({ min: 0, max: 9 }).map(minute),
    });
    const marks = fc.array(
      grant.map((given) => markOf({ ...given, expiresAt: given.receivedAt })),
      { minLength: 1, maxLength: 5 },
    );
    const property = fc.asyncProperty(events, marks, async (list, used) => {
      const [store, marked] = await Promise.all([storeWith([list]), storeWith([used, list])]);
      for (const options of policies)
        expect(await decisions(marked, options)).toEqual(await decisions(store, options));
    });
    await expect(fc.assert(property, { numRuns: 100 })).resolves.toBeUndefined();
  });
});
