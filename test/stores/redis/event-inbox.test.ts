import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { RedisClient } from "../../../src/stores/redis/redis-client.js";
import { RedisEventInbox } from "../../../src/stores/redis/redis-event-inbox.js";
import { redisService } from "../../support/services/redis.js";
import { minute } from "../../support/stores.js";
import { Openings } from "../openings.js";
import { clients } from "./clients.js";

const service = await redisService();
const admin = createClient({ url: service?.url ?? "" });
const [lease, hour] = [60_000, 3_600_000];

describe.skipIf(service === undefined)("an inbox in Redis", () => {
  beforeAll(async () => void (await admin.connect()));
  afterAll(async () => {
    admin.destroy();
    await service?.[Symbol.asyncDispose]();
  });

  for (const [kind, connect] of Object.entries(clients)) {
    const inboxes = new Openings(
      service,
      connect,
      (client: RedisClient, { name }) => new RedisEventInbox(client, { prefix: name }),
    );

    it(`remembers with ${kind}, for as long as it must`, async () => {
      const inbox = await inboxes.create();
      /** How long the one key of a kind is kept. */
      const keptInMs = async (kind: "event" | "reply"): Promise<number> => {
        const keys = await admin.keys(`${inboxes.placeOf(inbox).name}:${kind}:*`);
        expect(keys).toHaveLength(1);
        return admin.pTTL(keys[0] ?? "");
      };

      const claim = await inbox.claim("key", lease + 0.5);
      expect(claim).toMatchObject({ state: "claimed" });
      expect(await inbox.claim("key", lease)).toEqual({ state: "busy" });
      const left = await keptInMs("event");
      expect(left).toBeGreaterThan(lease / 2);
      expect(left).toBeLessThanOrEqual(lease + 1);
      for (const stranger of ["", "done", "stranger"]) await inbox.release("key", stranger);
      expect(await inbox.claim("key", lease)).toEqual({ state: "busy" });
      await inbox.complete("key", "token" in claim ? claim.token : "");
      expect(await inbox.claim("key", lease)).toEqual({ state: "done" });
      expect(await keptInMs("event")).toBeGreaterThan(47 * hour);

      expect(await inbox.beginReply("key", minute(0))).toEqual({ beganAt: minute(0), isNew: true });
      expect(await inbox.beginReply("key", minute(1))).toEqual({ beganAt: minute(0), isNew: false });
      expect(await keptInMs("reply")).toBeGreaterThan(47 * hour);
      await inbox.completeReply("key", "Outgoing_1");
      const sent = { beganAt: minute(0), sentMessageId: "Outgoing_1", isNew: false };
      expect(await inbox.beginReply("key", minute(1))).toEqual(sent);
      expect(await keptInMs("reply")).toBeGreaterThan(47 * hour);
      await inbox.cancelReply("key");
      expect(await inbox.beginReply("key", minute(1))).toEqual(sent);

      await inbox.beginReply("other", minute(0));
      await inbox.cancelReply("other");
      expect(await keptInMs("reply")).toBeGreaterThan(47 * hour);
      await inboxes.close(inbox);
    });
  }
});
