import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import type {
  BatchPosition,
  CampaignJournal,
  JournalStatus,
} from "../../../src/campaigns/journal/campaign-journal.js";
import { journalKinds, releaseServices } from "./journal-kinds.js";
import { ModelJournal } from "./model-journal.js";

/*
 * Any calls in any order: every journal says of each what the model says.
 */

const campaign = "spring-sale";
const keys = ["a", "b", "c", "d", "e"];
const numbers = ["+14255550123", "+14255550188"];

interface Step {
  readonly op: number;
  readonly keys: readonly string[];
  readonly pick: number;
  readonly status: JournalStatus;
  readonly flag: boolean;
}

const statuses = ["accepted", "rejected", "suppressed", "expired", "unknown"] as const;
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    op: fc.nat({ max: 15 }),
    keys: fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 }),
    pick: fc.nat({ max: 1000 }),
    status: fc.constantFrom<JournalStatus>(...statuses),
    flag: fc.boolean(),
  }),
  { minLength: 5, maxLength: 40 },
);

/** Turns steps into calls that are the same for all journals. */
class Script {
  readonly #holds: BatchPosition[] = [];
  #run = 0;
  #lastBatch = 0;

  /** @param model - What the next calls are made up from. */
  async step(step: Step, model: CampaignJournal): Promise<(journal: CampaignJournal) => Promise<unknown>> {
    const known = await model.read(campaign);
    this.#run = known?.run ?? 0;
    this.#lastBatch = known?.lastBatch ?? 0;
    for (const batch of await model.unsettled(campaign, 0, 100))
      for (const claim of [1, 2, 3]) this.#holds.push({ campaign, batch, run: this.#run, claim });
    return this.#call(step);
  }

  #call({ op, keys, pick, status, flag }: Step): (journal: CampaignJournal) => Promise<unknown> {
    const at = { campaign, run: Math.max(0, this.#run - (pick % 7 === 0 ? 1 : 0)) };
    const held = this.#holds.at(-1 - (pick % Math.min(9, Math.max(1, this.#holds.length)))) ?? {
      ...at,
      batch: 1,
      claim: 1,
    };
    const firstSentAt = new Date(1_770_000_000_000 + pick);
    const results = keys.map((key) => ({ key, status, ...(flag && { messageId: `id-${pick}` }) }));
    const items = keys.map((key, index) => ({ key, to: numbers[(pick + index) % 2] ?? "" }));
    const from = flag ? "+18005551234" : "CONTOSO";
    const batch = {
      batch: Math.max(1, this.#lastBatch + (pick % 11 === 0 ? 0 : 1)),
      from,
      message: "text",
      fingerprint: String(pick),
    };
    const all = [...this.#holds, { batch: 1 }];
    const number = all[pick % all.length]?.batch ?? 1;
    const calls: ((journal: CampaignJournal) => Promise<unknown>)[] = [
      (journal) =>
        journal.open(campaign, { keepPlanned: flag, ...(pick % 3 === 0 && { note: String(pick) }) }),
      (journal) => journal.lookUp(at, keys),
      (journal) => journal.sendersOf(campaign, numbers),
      (journal) => journal.plan(at, [{ ...batch, items }]),
      (journal) =>
        journal.plan(
          at,
          items.map((item, index) => ({ ...batch, batch: batch.batch + index, items: [item] })),
        ),
      (journal) =>
        journal.recordItems(
          at,
          results.map((result, index) => ({ ...result, to: items[index]?.to ?? "" })),
        ),
      (journal) => journal.endPlanning(at),
      (journal) => journal.claim(campaign, number),
      (journal) => journal.begin(held, firstSentAt),
      (journal) => journal.renew(held),
      (journal) => journal.settle(held, { results, firstSentAt: flag ? firstSentAt : undefined }),
      (journal) => journal.unsettled(campaign, pick % 3, 1 + (pick % 4)),
      (journal) => journal.results(campaign, pick % 3, 1 + (pick % 4)),
      (journal) => journal.totals(campaign),
      (journal) =>
        journal.settle(held, {
          results: keys.map((key) => ({ key, status: "accepted" })),
          firstSentAt: undefined,
        }),
      (journal) => (pick % 5 === 0 ? journal.forget(campaign) : journal.read(campaign)),
    ];
    return calls[op] ?? calls[0] ?? (async () => undefined);
  }
}

/** What a call came to; what no two journals have in common is left out. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    const value = await call;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).filter(([name]) => !["identity", "createdAt"].includes(name)),
    );
  } catch (error) {
    return error instanceof TypeError || error instanceof RangeError ? "rejected" : error;
  }
}

afterAll(releaseServices);

for (const { name, openPlace, isThere } of journalKinds) {
  describe.skipIf(!isThere)(`a journal in ${name}`, () => {
    it("says what the model says, whatever it is asked", async () => {
      const place = await openPlace();
      const journal = await place.open();
      await fc.assert(
        fc.asyncProperty(steps, async (steps) => {
          await journal.forget(campaign);
          const [model, script] = [new ModelJournal(), new Script()];
          const opening = (one: CampaignJournal): Promise<unknown> => one.open(campaign);
          expect(await outcome(opening(journal))).toEqual(await outcome(opening(model)));
          for (const step of steps) {
            const call = await script.step(step, model);
            expect(await outcome(call(journal))).toEqual(await outcome(call(model)));
          }
        }),
        // A server answers more slowly than a file.
        { numRuns: name === "SQLite" ? 150 : 40 },
      );
      await place.close();
    });
  });
}
