import { afterAll, beforeEach, describe, expect, it } from "vitest";

import { AzureTablesEventInbox } from "../../../src/stores/azure-tables/azure-tables-event-inbox.js";
import { AzureTablesSuppressionStore } from "../../../src/stores/azure-tables/azure-tables-suppression-store.js";
import { canary } from "../../support/canary.js";
import { rejection } from "../../support/clients.js";
import { ownAzureTablesService } from "../../support/services/azure-tables.js";
import { collect, fact, minute } from "../../support/stores.js";
import type { StoreAddress } from "../open-store.js";
import { watching } from "./policies.js";
import { tableClient } from "./table-client.js";

const [person] = canary.numbers;
const service = await ownAzureTablesService();
afterAll(async () => service?.[Symbol.asyncDispose]());

describe.skipIf(service === undefined)("a table service that stops", () => {
  let place: StoreAddress;

  beforeEach(async () => {
    if (service !== undefined) place = await service.place();
  });

  it("is an error for whatever is asked, and what it had acknowledged is there when it is back", async () => {
    const store = new AzureTablesSuppressionStore(tableClient(place));
    const inbox = new AzureTablesEventInbox(tableClient(place));
    await store.record([fact()]);
    await inbox.claim("event", 60_000);
    await service?.stop();
    const calls = [
      store.find([person]),
      store.record([fact({ at: minute(1) })]),
      collect(store.entries()),
      collect(store.history(person)),
      inbox.claim("event", 60_000),
      inbox.beginReply("reply", minute(0)),
    ];
    for (const error of await Promise.all(calls.map(rejection)))
      expect(error).toMatchObject({ name: "RestError", code: expect.stringMatching(/^ECONN/) });
    await service?.start();
    expect(await store.find([person])).toEqual([[fact()]]);
    expect(await collect(store.history(person))).toEqual([fact()]);
    expect(await inbox.claim("event", 60_000)).toEqual({ state: "busy" });
  });

  it("half way through a batch is an error, and the batch can be repeated", async () => {
    const facts = Array.from({ length: 60 }, (_, index) => fact({ recipient: `+1425555${1000 + index}` }));
    let changes = 0;
    const stopping = Promise.withResolvers<void>();
    const watched = tableClient(
      place,
      watching(({ method }) => {
        if (method === "POST" && ++changes === 20) stopping.resolve(service?.stop());
      }),
    );
    const store = new AzureTablesSuppressionStore(watched);
    expect(await rejection(store.record(facts))).toMatchObject({ name: "RestError" });
    await stopping.promise;
    await service?.start();
    expect(await store.record(facts)).toContain(true);
    const recipients = facts.map(({ recipient }) => recipient);
    expect(await store.find(recipients)).toEqual(facts.map((one) => [one]));
    for (const { recipient } of facts) expect(await collect(store.history(recipient))).toHaveLength(1);
  });
});
