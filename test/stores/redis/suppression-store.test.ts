import { afterAll, expect, it } from "vitest";

import type { RedisClient } from "../../../src/stores/redis/redis-client.js";
import { RedisSuppressionStore } from "../../../src/stores/redis/redis-suppression-store.js";
import { people } from "../../support/clients.js";
import { redisService } from "../../support/services/redis.js";
import { collect, fact } from "../../support/stores.js";
import { Openings } from "../openings.js";
import { clients } from "./clients.js";

const service = await redisService();
afterAll(async () => service?.[Symbol.asyncDispose]());

for (const [kind, connect] of Object.entries(clients)) {
  const stores = new Openings(
    service,
    connect,
    (client: RedisClient, { name }) => new RedisSuppressionStore(client, { prefix: name }),
  );

  it.skipIf(service === undefined)(`keeps what it is told with ${kind}, in any number`, async () => {
    const store = await stores.create();
    const recipients = people(4500);
    const facts = recipients.map((recipient) => fact({ recipient }));
    const changed = [...facts.map(() => true), ...facts.map(() => false)];
    expect(await store.record([...facts, ...facts])).toEqual(changed);
    const asked = [...recipients.toReversed(), "+15005550000"];
    expect(await store.find(asked)).toEqual([...facts.toReversed().map((one) => [one]), []]);
    expect(await collect(store.history(recipients[0] ?? ""))).toEqual(facts.slice(0, 1));
    const listed = await collect(store.entries());
    expect(listed.toSorted((a, b) => a.recipient.localeCompare(b.recipient))).toEqual(facts);
    await stores.close(store);
  });
}
