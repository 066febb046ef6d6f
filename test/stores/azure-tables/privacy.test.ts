import { RestError } from "@azure/core-rest-pipeline";
import type { TableServiceClientOptions } from "@azure/data-tables";
import { expect, it } from "vitest";

import { createSmsEventHandler } from "../../../src/events/event-handler.js";
import { AzureTablesEventInbox } from "../../../src/stores/azure-tables/azure-tables-event-inbox.js";
import { AzureTablesSuppressionStore } from "../../../src/stores/azure-tables/azure-tables-suppression-store.js";
import { MemorySuppressionStore } from "../../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../../src/suppression/suppression-list.js";
import { inboundEvent } from "../../events/support.js";
import { canary } from "../../support/canary.js";
import { rejection, sender } from "../../support/clients.js";
import { LeakWatch } from "../../support/leak-watch.js";
import { hang } from "../../support/stores.js";
import { through } from "./policies.js";
import { tableClient } from "./table-client.js";

/*
 * The SDK's errors hold the request: the filter of a query with the recipient in it, percent-encoded, and the body of a
 * transaction with everything. A list and a handler must not pass that on; the leak watch looks at what they reject with.
 */

const [person] = canary.numbers;
const nowhere = { kind: "azure-tables", url: "http://127.0.0.1:1", name: "none" } as const;

/** A service that refuses what it is told to refuse, and is empty otherwise. */
function refusing(method: string): TableServiceClientOptions {
  return through(async (request) => {
    const message = `[refused] ${request.url} ${JSON.stringify(request.body)}`;
    if (request.method === method)
      throw new RestError(message, { statusCode: 403, code: "AuthorizationFailure", request });
    return { request, status: 200, headers: request.headers, bodyAsText: '{"value":[]}' };
  });
}

const calls: Record<string, (list: SuppressionList) => Promise<unknown>> = {
  GET: (list) => list.check(sender, [person]),
  POST: (list) => list.optOut(sender, [person], { note: canary.text }),
};

it.each(["GET", "POST"])("keeps what a failed %s holds out of what a list rejects with", async (method) => {
  const store = new AzureTablesSuppressionStore(tableClient(nowhere, refusing(method)), {
    createTable: false,
  });
  const error = await rejection(calls[method]?.(new SuppressionList(store)) ?? Promise.resolve());
  expect(error).toMatchObject({ code: "suppression-unavailable", cause: { statusCode: 403 } });
  expect(String(error.cause)).toContain("[refused]");
  expect(leaksOf(error)).toEqual([]);
});

it.each(["GET", "POST"])("keeps what a failed %s holds out of what a handler answers", async (method) => {
  const table = tableClient(nowhere, refusing(method));
  const suppression = new SuppressionList(new MemorySuppressionStore());
  const inbox = new AzureTablesEventInbox(table, { createTable: false });
  const handler = createSmsEventHandler({ sms: { send: hang }, suppression, inbox });
  const [outcome] = await handler.handle(inboundEvent({ from: person, message: canary.text }));
  expect(outcome).toMatchObject({ status: "failed", error: { statusCode: 403 } });
  expect(leaksOf(outcome?.error)).toEqual([]);
});

it("would be seen to leak what the SDK throws", async () => {
  const store = new AzureTablesSuppressionStore(tableClient(nowhere, refusing("GET")), {
    createTable: false,
  });
  expect(leaksOf(await rejection(store.find([person])))).not.toEqual([]);
});

function leaksOf(error: unknown): string[] {
  const watch = new LeakWatch({ number: person.slice(1), text: "canary text" });
  watch.error("the error", error);
  return watch.drain();
}
