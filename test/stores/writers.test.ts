import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { entryRank } from "../../src/suppression/entry-order.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { requireBuild } from "../support/require-build.js";
import type { Service } from "../support/services/service.js";
import { collect } from "../support/stores.js";
import { Child } from "../support/child.js";
import { everyStore } from "./every-store.js";
import { allFacts, batchesOf, type WriterOrder } from "./many-facts.js";
import { openStore, type StoreAddress } from "./open-store.js";

/*
 * Eight processes write what the same thousand people said, each in an order of its own, and one of them is killed half
 * way. The end is the one right state, and no acknowledged fact is missing.
 */

const writers = 8;
const base = { seed: 20_261_124, recipients: 1000, factsOfEach: 3, writers };
const killed = 0;

const orders = Array.from({ length: writers }, (_, writer): WriterOrder => ({ ...base, writer }));

beforeAll(() => requireBuild());

for (const { kind, service: find } of everyStore) {
  const service: Service | undefined = await find();

  describe.skipIf(service === undefined)(`a list in ${kind}`, () => {
    afterAll(async () => service?.[Symbol.asyncDispose]());

    it(
      "ends in the one right state, whoever writes when, and whoever dies",
      { timeout: 180_000 },
      async () => {
        const place = await service?.place();
        if (place === undefined) return;
        const address: StoreAddress = { ...place, kind };
        const acknowledged = await writeAll(address);
        const possible = new Set(allFacts(orders[0] as WriterOrder).map(idOf));
        const { store, close } = await openStore(address);
        try {
          const found = await collect(store.entries());
          expect(found.filter((entry) => !possible.has(idOf(entry)))).toEqual([]);
          expectNewest(found, acknowledged);
          const everything = await historyOf(store, found);
          expectNewest(found, everything);
          const kept = new Set(everything.map(idOf));
          expect(acknowledged.filter((entry) => !kept.has(idOf(entry)))).toEqual([]);
          expect(kept.size).toBe(everything.length);
        } finally {
          await close();
        }
      },
    );
  });
}

/** Lets all write, and kills one when it is half through. Gives what the store has acknowledged. */
async function writeAll(address: StoreAddress): Promise<SuppressionEntry[]> {
  const children = orders.map(
    (order) => new Child(new URL("programs/writer.ts", import.meta.url), { address, order }),
  );
  try {
    await Promise.all(
      children.map(async (child, writer) => {
        const half = batchesOf(orders[writer] as WriterOrder).length / 2;
        if (writer !== killed) return child.end();
        await child.until((lines) => lines.length > half);
        return child.kill();
      }),
    );
    return children.flatMap(({ lines }, writer) => {
      const batches = batchesOf(orders[writer] as WriterOrder);
      expect(lines.length).toBeGreaterThan(writer === killed ? batches.length / 2 : batches.length - 1);
      return lines.flatMap((line) => batches[Number(line)] ?? []);
    });
  } finally {
    await Promise.all(children.map((child) => child[Symbol.asyncDispose]()));
  }
}

/** No fact is newer than the entry that the store shows for its sender, recipient and state. */
function expectNewest(found: readonly SuppressionEntry[], facts: readonly SuppressionEntry[]): void {
  const shown = new Map(found.map((entry) => [pairOf(entry), entryRank(entry)]));
  expect(shown.size).toBe(found.length);
  expect(facts.filter((fact) => !(entryRank(fact) <= (shown.get(pairOf(fact)) ?? "")))).toEqual([]);
}

async function historyOf(
  store: { history(recipient: string): AsyncIterable<SuppressionEntry> },
  found: readonly SuppressionEntry[],
): Promise<SuppressionEntry[]> {
  const recipients = [...new Set(found.map(({ recipient }) => recipient))];
  const histories: SuppressionEntry[] = [];
  for (const recipient of recipients) histories.push(...(await collect(store.history(recipient))));
  return histories;
}

function pairOf({ sender, recipient, state }: SuppressionEntry): string {
  return `${sender} ${recipient} ${state}`;
}

function idOf(entry: SuppressionEntry): string {
  return `${pairOf(entry)} ${entryRank(entry)}`;
}
