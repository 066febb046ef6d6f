import { afterAll, beforeAll, expect, it } from "vitest";

import { entryRank } from "../../../src/suppression/entry-order.js";
import type { SuppressionEntry } from "../../../src/suppression/suppression-store.js";
import { requireBuild } from "../../support/require-build.js";
import { sqliteService } from "../../support/services/sqlite.js";
import { collect } from "../../support/stores.js";
import { Child } from "../../support/child.js";
import { openStore } from "../open-store.js";
import { batch } from "./batch.js";

const service = await sqliteService();
beforeAll(() => requireBuild());
afterAll(async () => service[Symbol.asyncDispose]());

const idOf = (entry: SuppressionEntry): string => `${entry.recipient} ${entryRank(entry)}`;

it("a process that is killed while it writes leaves all it acknowledged, and whole batches", async () => {
  const address = await service.place();
  for (let life = 1; life <= 3; life += 1) {
    const child = new Child(new URL("../programs/recorder.ts", import.meta.url), address);
    await child.until((lines) => lines.length >= 20 * life);
    await child.kill();
    const acknowledged = child.lines.length;

    const { store, close } = await openStore(address);
    const everybody = new Set((await collect(store.entries())).map(({ recipient }) => recipient));
    const histories = await Promise.all([...everybody].map((one) => collect(store.history(one))));
    await close();
    const kept = new Set(histories.flat().map(idOf));
    for (let number = 0; number < acknowledged; number += 1)
      expect(batch(number).filter((entry) => !kept.has(idOf(entry)))).toEqual([]);
    expect(kept.size % batch(0).length).toBe(0);
  }
});
