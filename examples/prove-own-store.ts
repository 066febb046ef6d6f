/**
 * A store of your own, over your own service, held to the contract by the tests that the stores of this package pass:
 * `npm run example examples/prove-own-store.ts`. Here the service is a plain `Map` behind HTTP.
 */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { test } from "node:test";

import {
  compareEntries,
  type SuppressionEntry,
  type SuppressionStore,
  type SuppressionStoreOptions,
} from "acs-sms";
import { runStoreConformance } from "acs-sms/stores/conformance";

/** The store: two methods, each a request. What is no good answer throws, and then nothing is sent. */
class HttpStore implements SuppressionStore {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async find(
    recipients: readonly string[],
    options?: SuppressionStoreOptions,
  ): Promise<SuppressionEntry[][]> {
    const found = (await this.#ask("find", recipients, options)) as SuppressionEntry[][];
    return found.map((entries) => entries.map(withDates));
  }

  async record(entries: readonly SuppressionEntry[], options?: SuppressionStoreOptions): Promise<boolean[]> {
    return (await this.#ask("record", entries, options)) as boolean[];
  }

  async #ask(path: string, body: unknown, options?: SuppressionStoreOptions): Promise<unknown> {
    const response = await fetch(`${this.url}/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      signal: options?.abortSignal ?? null,
    });
    if (!response.ok) throw new Error(`The opt-out service answered ${response.status}.`);
    return response.json();
  }
}

/** The service. One thread does one request after the other, so comparing and replacing is one step. */
async function startService(): Promise<Server> {
  const newest = new Map<string, SuppressionEntry>();
  const answers: Record<string, (body: never) => unknown> = {
    "/find": (recipients: string[]) =>
      recipients.map((recipient) => [...newest.values()].filter((entry) => entry.recipient === recipient)),
    "/record": (entries: SuppressionEntry[]) =>
      entries.map(withDates).map((entry) => {
        const key = JSON.stringify([entry.sender, entry.recipient, entry.state]);
        const known = newest.get(key);
        if (known !== undefined && compareEntries(entry, known) <= 0) return false;
        newest.set(key, entry);
        return true;
      }),
  };
  const server = createServer((request, response) => {
    void json(request).then((body) =>
      response.end(JSON.stringify(answers[request.url ?? ""]?.(body as never))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function withDates(entry: SuppressionEntry): SuppressionEntry {
  return { ...entry, at: new Date(entry.at), recordedAt: new Date(entry.recordedAt) };
}

const services = new Map<SuppressionStore, Server>();

function stop(store: SuppressionStore): void {
  services.get(store)?.close();
  services.get(store)?.closeAllConnections();
}

const { leftOut } = runStoreConformance({
  test,
  createStore: async () => {
    const service = await startService();
    const store = new HttpStore(`http://127.0.0.1:${(service.address() as AddressInfo).port}`);
    services.set(store, service);
    return store;
  },
  openAnother: ({ url }) => new HttpStore(url),
  breakBackend: stop,
  disposeStore: stop,
  ledger: false,
});

// It keeps no history, and forgets when its process ends: that is all it is not held to.
void test("everything else was tested", () => {
  const needs = new Set(leftOut.flatMap((concern) => concern.needs));
  assert.deepEqual(needs, new Set(["ledger", "recordElsewhere"]));
});
