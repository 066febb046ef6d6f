import type {
  BatchPosition,
  CampaignJournal,
  JournalResult,
  JournalStatus,
  PlannedBatch,
} from "../../../../src/campaigns/journal/campaign-journal.js";
import { canary } from "../../../support/canary.js";
import type { JournalKind, JournalPlace } from "../journal-kinds.js";

export const campaign = "spring-sale";
export const [person, other] = canary.numbers;
export const sentAt = new Date("2026-03-02T12:00:00.123Z");

/** Registers a test, as `it` does. */
type Register = (name: string, run: () => Promise<void>) => void;

/** Registers a test that has a place of its own. */
export type JournalTest = (
  name: string,
  run: (journal: CampaignJournal, place: JournalPlace) => Promise<void>,
) => void;

export function testIn({ openPlace }: JournalKind, register: Register): JournalTest {
  return (name, run) =>
    register(name, async () => {
      const place = await openPlace();
      try {
        await run(await place.open(), place);
      } finally {
        await place.close();
      }
    });
}

export const at = (run = 1) => ({ campaign, run });

/** A batch with items of these keys, each for a number of its own. */
export function planned(
  batch: number,
  keys: readonly string[],
  given: Partial<PlannedBatch> = {},
): PlannedBatch {
  const items = keys.map((key, index) => ({
    key,
    to: index === 0 ? person : `+1425${batch * 10_000 + index}`,
  }));
  return { batch, from: "+18005551234", message: canary.text, fingerprint: "digest", items, ...given };
}

/** The planner's hold of a batch, or another one. */
export function held(batch: number, claim = 1, run = 1): BatchPosition {
  return { campaign, run, batch, claim };
}

export function results(status: JournalStatus, ...keys: readonly string[]): JournalResult[] {
  return keys.map((key) => ({ key, status }));
}

/** What a batch comes to of which we know all. */
export function settled(status: JournalStatus, ...keys: readonly string[]) {
  return { results: results(status, ...keys), firstSentAt: undefined };
}

/** A campaign with one batch, as the planner has it. */
export async function withBatch(journal: CampaignJournal, ...keys: readonly string[]): Promise<void> {
  await journal.open(campaign);
  await journal.plan(at(), [planned(1, keys)]);
}
