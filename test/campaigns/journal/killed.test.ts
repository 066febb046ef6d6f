import { afterAll, beforeAll, expect, it } from "vitest";

import type { CampaignJournal } from "../../../src/campaigns/journal/campaign-journal.js";
import { SqliteCampaignJournal } from "../../../src/campaigns/journal/sqlite-campaign-journal.js";
import { Child } from "../../support/child.js";
import { requireBuild } from "../../support/require-build.js";
import { sqliteService } from "../../support/services/sqlite.js";

const service = await sqliteService();
afterAll(async () => service[Symbol.asyncDispose]());

const campaign = "spring-sale";

beforeAll(() => requireBuild());

/** The batches of which the process said this. */
function saidOf(lines: readonly string[], step: string): number[] {
  return lines.filter((line) => line.startsWith(step)).map((line) => Number(line.split(" ")[1]));
}

/** What became of the items of a batch. */
async function statusesOf(journal: CampaignJournal, run: number, batch: number): Promise<string[]> {
  const keys = Array.from({ length: 20 }, (_, index) => `${batch}/${index}`);
  const records = await journal.lookUp({ campaign, run }, keys);
  return [...new Set(records.map((record) => (record === undefined ? "none" : (record.status ?? "open"))))];
}

it("a process that is killed leaves whole batches, and all that it was told is written", async () => {
  const { url: path } = await service.place();
  for (let life = 1; life <= 4; life += 1) {
    const child = new Child(new URL("programs/planner.ts", import.meta.url), path);
    await child.until((lines) => lines.length >= 40 * life);
    await child.kill();

    const journal = new SqliteCampaignJournal(path);
    const { run } = await journal.open(campaign);
    expect(run).toBe(2 * life);
    const left = await journal.unsettled(campaign, 0, 1000);
    const [planned, begun, settled] = ["planned", "begun", "settled"].map((step) =>
      saidOf(child.lines, step),
    );
    for (const batch of planned ?? []) {
      const isWritten = settled?.includes(batch) === true;
      const isBegun = begun?.includes(batch) === true && !left.includes(batch);
      const possible = left.includes(batch) && !isWritten ? [["open"]] : [["accepted"]];
      // One that never began is forgotten; it may have gone further than we were told.
      if (!isWritten && !isBegun && !left.includes(batch)) possible.push(["none"]);
      expect(possible).toContainEqual(await statusesOf(journal, run, batch));
    }
    for (const batch of left) {
      const claimed = await journal.claim(campaign, batch);
      expect(claimed).toMatchObject({ firstSentAt: expect.any(Date), message: "Sale!" });
      const results = (claimed?.items ?? []).map(({ key }) => ({ key, status: "accepted" as const }));
      expect(results).toHaveLength(20);
      await journal.settle(
        { campaign, run, batch, claim: claimed?.claim ?? 0 },
        { results, firstSentAt: undefined },
      );
    }
    const { accepted, open } = await journal.totals(campaign);
    expect([accepted % 20, open]).toEqual([0, 0]);
    await journal[Symbol.asyncDispose]();
  }
});
