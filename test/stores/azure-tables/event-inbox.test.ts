import { hash } from "node:crypto";

import { afterAll, beforeEach, describe, expect, it } from "vitest";

import type { EventClaim } from "../../../src/events/event-inbox.js";
import { AzureTablesEventInbox } from "../../../src/stores/azure-tables/azure-tables-event-inbox.js";
import { AzureTablesSuppressionStore } from "../../../src/stores/azure-tables/azure-tables-suppression-store.js";
import { rejection } from "../../support/clients.js";
import { azureTablesService } from "../../support/services/azure-tables.js";
import { collect, fact } from "../../support/stores.js";
import { wrong } from "../../support/wrong.js";
import type { StoreAddress } from "../open-store.js";
import { ahead, losingFirstAnswer, partialPages, through } from "./policies.js";
import { tableClient } from "./table-client.js";

const [lease, hour] = [60_000, 3_600_000];
const [sweeping, done = "", alsoDone = "", long = ""] = sortedKeys();
const service = await azureTablesService();
afterAll(async () => service?.[Symbol.asyncDispose]());

describe.skipIf(service === undefined)("an inbox in Azure tables", () => {
  let place: StoreAddress;
  let inbox: AzureTablesEventInbox;
  const opened = (options: Parameters<typeof tableClient>[1] = {}) =>
    new AzureTablesEventInbox(tableClient(place, options));

  beforeEach(async () => {
    if (service !== undefined) place = await service.place();
    inbox = opened();
  });

  describe("a claim", () => {
    it("goes to one of many, on several machines", async () => {
      const another = opened();
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? inbox : another).claim("event", lease)),
      );
      expect(claims.filter((claim) => claim.state === "claimed")).toHaveLength(1);
      expect(claims.filter((claim) => claim.state === "busy")).toHaveLength(19);
      expect(await stateOf(inbox, "another")).toBe("claimed");
    });

    it("ends with its lease, by the service's clock, and goes to one of many then", async () => {
      const token = await claimed(inbox);
      let waited = lease - 2000;
      const later = opened(ahead(() => waited));
      expect(await stateOf(later)).toBe("busy");
      waited = lease + 2000;
      const claims = await Promise.all(Array.from({ length: 10 }, () => later.claim("event", 10 * lease)));
      const tokens = claims.flatMap((claim) => (claim.state === "claimed" ? [claim.token] : []));
      expect(tokens).toHaveLength(1);
      expect(tokens).not.toContain(token);
    });

    it("is released by its owner alone", async () => {
      const token = await claimed(inbox);
      for (const shown of ["", "stranger"]) await inbox.release("event", shown);
      expect(await stateOf(inbox)).toBe("busy");
      await inbox.release("event", token);
      const next = await claimed(inbox);
      await inbox.release("event", token);
      expect(await stateOf(inbox)).toBe("busy");
      expect(next).not.toBe(token);
    });

    it("is not released by who lost it while they looked", async () => {
      const token = await claimed(inbox);
      const late = opened(
        through(async (request, next) => {
          if (request.method === "DELETE") await opened(ahead(() => lease + 2000)).claim("event", lease);
          return next(request);
        }),
      );
      await late.release("event", token);
      expect(await stateOf(inbox)).toBe("busy");
    });

    it("that is done stays done, whoever did it and whoever releases it", async () => {
      const token = await claimed(inbox);
      const taken = await claimed(opened(ahead(() => 2 * lease)));
      await inbox.complete("event", token);
      for (const shown of [token, taken]) await inbox.release("event", shown);
      expect(await stateOf(inbox)).toBe("done");
      expect(await stateOf(opened(ahead(() => 47 * hour)))).toBe("done");
    });

    it("is known again as one's own where its answer was lost", async () => {
      expect(await stateOf(opened(losingFirstAnswer()))).toBe("claimed");
      expect(await stateOf(inbox)).toBe("busy");
    });

    it("is found also where the service gives an empty page first", async () => {
      await claimed(opened(partialPages()));
      expect(await stateOf(opened(partialPages()))).toBe("busy");
    });
  });

  describe("a reply", () => {
    const at = new Date("2026-03-02T12:00:00.001Z");

    it("is begun by one of many, who are told when", async () => {
      const times = Array.from({ length: 20 }, (_, index) => new Date(at.getTime() + index));
      const records = await Promise.all(times.map((time) => inbox.beginReply("reply", time)));
      const [begun, ...others] = records.filter(({ isNew }) => isNew);
      expect(others).toEqual([]);
      for (const { beganAt, ...rest } of records) {
        expect(beganAt).toEqual(begun?.beganAt);
        expect(Object.keys(rest)).toEqual(["isNew"]);
      }
    });

    it("that was sent says so, also when somebody cancels it", async () => {
      await inbox.beginReply("reply", at);
      const late = opened(
        through(async (request, next) => {
          if (request.method === "DELETE") await inbox.completeReply("reply", "Outgoing_1");
          return next(request);
        }),
      );
      await late.cancelReply("reply");
      await inbox.cancelReply("reply");
      const sent = { beganAt: at, sentMessageId: "Outgoing_1", isNew: false };
      expect(await inbox.beginReply("reply", new Date(0))).toEqual(sent);
    });

    it("that was cancelled is begun anew", async () => {
      await inbox.beginReply("reply", at);
      await inbox.cancelReply("reply");
      await inbox.cancelReply("never begun");
      expect(await inbox.beginReply("reply", new Date(1))).toEqual({ beganAt: new Date(1), isNew: true });
    });

    it("can be cancelled by two at once", async () => {
      await inbox.beginReply("reply", at);
      const late = opened(
        through(async (request, next) => {
          if (request.method === "DELETE") await inbox.cancelReply("reply");
          return next(request);
        }),
      );
      await late.cancelReply("reply");
      expect(await inbox.beginReply("reply", at)).toEqual({ beganAt: at, isNew: true });
    });

    it("that nobody has begun can be completed", async () => {
      await inbox.completeReply("reply", "Outgoing_1");
      const { beganAt, ...rest } = await inbox.beginReply("reply", at);
      expect(rest).toEqual({ sentMessageId: "Outgoing_1", isNew: false });
      expect(beganAt.getTime()).toBeGreaterThan(at.getTime());
    });

    it("is known again as one's own where its answer was lost", async () => {
      const record = await opened(losingFirstAnswer()).beginReply("reply", at);
      expect(record).toEqual({ beganAt: at, isNew: true });
    });
  });

  describe("what is old", () => {
    it("is removed by a claim now and then, and nothing else is", async () => {
      const store = new AzureTablesSuppressionStore(tableClient(place));
      await store.record([fact({ recipient: "event-f" })]);
      for (const key of [done, alsoDone]) {
        await inbox.complete(key, await claimed(inbox, key));
        await inbox.beginReply(key, new Date());
      }
      await claimed(inbox, long, 72 * hour);
      const rowsAfter = async (hours: number): Promise<number> => {
        await stateOf(opened(ahead(() => hours * hour)), sweeping);
        return (await collect(tableClient(place).listEntities())).length;
      };
      const [ofStore, ofSweeper] = [3, 1];
      expect(await rowsAfter(47)).toBe(ofStore + 4 + 1 + ofSweeper);
      expect(await rowsAfter(49)).toBe(ofStore + 1 + ofSweeper);
      expect(await rowsAfter(119)).toBe(ofStore + 1 + ofSweeper);
      expect(await rowsAfter(121)).toBe(ofStore + ofSweeper);
      expect(await collect(store.entries())).toHaveLength(1);
    });
  });

  it("rejects where its table is missing and is not to be made", async () => {
    const strict = new AzureTablesEventInbox(tableClient({ ...place, name: `${place.name}missing` }), {
      createTable: false,
    });
    const calls = [
      strict.claim("event", lease),
      strict.complete("event", "token"),
      strict.release("event", "token"),
      strict.beginReply("reply", new Date()),
      strict.completeReply("reply", "Outgoing_1"),
      strict.cancelReply("reply"),
    ];
    for (const error of await Promise.all(calls.map(rejection)))
      expect(error).toMatchObject({ statusCode: 404 });
  });
});

describe("AzureTablesEventInbox", () => {
  it("refuses what is no client", () => {
    expect(() => new AzureTablesEventInbox(wrong({}))).toThrow(/^Expected `tableClient` to be/);
  });
});

async function claimed(inbox: AzureTablesEventInbox, key = "event", leaseInMs = lease): Promise<string> {
  const claim: EventClaim = await inbox.claim(key, leaseInMs);
  if (claim.state !== "claimed") throw new TypeError(`expected a claim, got ${claim.state}`);
  return claim.token;
}

async function stateOf(inbox: AzureTablesEventInbox, key = "event"): Promise<EventClaim["state"]> {
  return (await inbox.claim(key, lease)).state;
}

/** In the order in which a sweep looks at them; one claim in 16 sweeps. */
function sortedKeys(): [sweeping: string, ...others: string[]] {
  const hashOf = (key: string): string => hash("sha256", key, "hex");
  const keys = Array.from({ length: 100 }, (_, index) => `event ${index}`);
  const sorted = keys.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1));
  const first = sorted.findIndex((key) => hashOf(key).endsWith("0"));
  const others = sorted.slice(first + 1).filter((key) => !hashOf(key).endsWith("0"));
  return [sorted[first] ?? "", ...others];
}
