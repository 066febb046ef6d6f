import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runInboxConformance } from "../../../src/stores/conformance/inbox-conformance.js";
import { runStoreConformance } from "../../../src/stores/conformance/store-conformance.js";
import type { RedisClient } from "../../../src/stores/redis/redis-client.js";
import { RedisEventInbox } from "../../../src/stores/redis/redis-event-inbox.js";
import { RedisSuppressionStore } from "../../../src/stores/redis/redis-suppression-store.js";
import { requireBuild } from "../../support/require-build.js";
import { redisService } from "../../support/services/redis.js";
import { Openings } from "../openings.js";
import { connectIoredis, connectNodeRedis } from "./clients.js";

/** A busy machine takes its time, too. */
const callTimeoutInMs = 60_000;

const service = await redisService();
beforeAll(() => requireBuild());
afterAll(async () => service?.[Symbol.asyncDispose]());

for (const [kind, connect] of Object.entries({ redis: connectNodeRedis, ioredis: connectIoredis })) {
  describe.skipIf(service === undefined)(`a store with ${kind}`, () => {
    const stores = new Openings(
      service,
      connect,
      (client: RedisClient, { name }) => new RedisSuppressionStore(client, { prefix: name }),
    );
    const { leftOut } = runStoreConformance<RedisSuppressionStore>({
      callTimeoutInMs,
      test: it,
      createStore: async () => stores.create(),
      disposeStore: async (store) => stores.close(store),
      openAnother: async (store) => stores.another(store),
      recordElsewhere: async (store, entries) =>
        stores.doElsewhere(store, (address) => ({ address, entries })),
      breakBackend: async (store) => stores.close(store),
      ledger: true,
    });

    it("is held to everything", () => expect(leftOut).toEqual([]));
  });

  describe.skipIf(service === undefined)(`an inbox with ${kind}`, () => {
    const inboxes = new Openings(
      service,
      connect,
      (client: RedisClient, { name }) => new RedisEventInbox(client, { prefix: name }),
    );
    const { leftOut } = runInboxConformance<RedisEventInbox>({
      callTimeoutInMs,
      test: it,
      createInbox: async () => inboxes.create(),
      disposeInbox: async (inbox) => inboxes.close(inbox),
      openAnother: async (inbox) => inboxes.another(inbox),
      completeElsewhere: async (inbox, key, sentMessageId) =>
        inboxes.doElsewhere(inbox, (address) => ({ address, key, sentMessageId })),
      breakBackend: async (inbox) => inboxes.close(inbox),
    });

    it("is held to everything", () => expect(leftOut).toEqual([]));
  });
}
