import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { EventClaim } from "../../src/events/event-inbox.js";
import { MemoryEventInbox } from "../../src/events/memory-event-inbox.js";

const [lease, hour] = [60_000, 3_600_000];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-02T12:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

function tokenOf(claim: EventClaim): string {
  if (claim.state !== "claimed") throw new TypeError(`expected a claim, got ${claim.state}`);
  return claim.token;
}

async function claimed(inbox: MemoryEventInbox, key = "event", leaseInMs = lease): Promise<string> {
  return tokenOf(await inbox.claim(key, leaseInMs));
}

const stateOf = async (inbox: MemoryEventInbox, key = "event"): Promise<string> =>
  (await inbox.claim(key, lease)).state;

describe("a claim in memory", () => {
  it("is one's own until its lease runs out", async () => {
    const inbox = new MemoryEventInbox();
    const token = await claimed(inbox);
    later(lease - 1);
    expect(await stateOf(inbox)).toBe("busy");
    later(1);
    expect(await claimed(inbox)).not.toBe(token);
    expect(await stateOf(inbox)).toBe("busy");
  });

  it("goes to one of many", async () => {
    const inbox = new MemoryEventInbox();
    const claims = await Promise.all(Array.from({ length: 100 }, () => inbox.claim("event", lease)));
    expect(claims.filter(({ state }) => state === "claimed")).toHaveLength(1);
    expect(await stateOf(inbox, "another")).toBe("claimed");
  });

  it("that was released can be claimed at once", async () => {
    const inbox = new MemoryEventInbox();
    await inbox.release("event", await claimed(inbox));
    expect(await stateOf(inbox)).toBe("claimed");
  });

  it("is not released by who lost it, nor by a stranger", async () => {
    const inbox = new MemoryEventInbox();
    const old = await claimed(inbox);
    later(lease);
    await claimed(inbox);
    for (const token of [old, "", "stranger"]) await inbox.release("event", token);
    expect(await stateOf(inbox)).toBe("busy");
  });

  it("that is done stays done, whoever releases it", async () => {
    const inbox = new MemoryEventInbox();
    const old = await claimed(inbox);
    later(lease);
    const token = await claimed(inbox);
    await inbox.complete("event", token);
    for (const shown of [old, token]) await inbox.release("event", shown);
    expect(await stateOf(inbox)).toBe("done");
  });

  it("is done also where its worker was late, and who took over then fails", async () => {
    const inbox = new MemoryEventInbox();
    const old = await claimed(inbox);
    later(lease);
    const token = await claimed(inbox);
    await inbox.complete("event", old);
    await inbox.release("event", token);
    expect(await stateOf(inbox)).toBe("done");
  });

  it("that is done is known for longer than events are delivered, and forgotten then", async () => {
    const inbox = new MemoryEventInbox();
    await inbox.complete("event", await claimed(inbox));
    later(47 * hour);
    expect(await stateOf(inbox)).toBe("done");
    later(hour);
    expect(await stateOf(inbox)).toBe("claimed");
  });

  it("that nobody ends does not keep others from being forgotten", async () => {
    const inbox = new MemoryEventInbox();
    await claimed(inbox, "its worker died");
    const begun = Date.now();
    for (let index = 0; index < 1000; index += 1)
      await inbox.complete(`event ${index}`, await claimed(inbox, `event ${index}`));
    vi.setSystemTime(begun + 49 * hour);
    const deleted = vi.spyOn(Map.prototype, "delete");
    await claimed(inbox, "another");
    // The thousand, the dead worker's, and the one that `claim` moves to the end.
    expect(deleted.mock.calls.length).toBeGreaterThanOrEqual(1001);
  });
});

describe("a reply in memory", () => {
  const at = new Date("2026-03-02T12:00:00Z");

  it("is begun by one of many, who are told when", async () => {
    const inbox = new MemoryEventInbox();
    const times = Array.from({ length: 50 }, (_, index) => new Date(at.getTime() + index));
    const records = await Promise.all(times.map((time) => inbox.beginReply("reply", time)));
    expect(records.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(records.map(({ beganAt }) => beganAt.getTime()))).toEqual(new Set([at.getTime()]));
    expect(records.every((record) => !("sentMessageId" in record))).toBe(true);
  });

  it("that was sent says so, and when it was begun", async () => {
    const inbox = new MemoryEventInbox();
    await inbox.beginReply("reply", at);
    await inbox.completeReply("reply", "Outgoing_1");
    expect(await inbox.beginReply("reply", new Date(0))).toEqual({
      beganAt: at,
      sentMessageId: "Outgoing_1",
      isNew: false,
    });
  });

  it("that was cancelled is begun anew; another is not touched", async () => {
    const inbox = new MemoryEventInbox();
    await inbox.beginReply("reply", at);
    await inbox.beginReply("another", at);
    await inbox.cancelReply("reply");
    const next = new Date(at.getTime() + hour);
    expect(await inbox.beginReply("reply", next)).toEqual({ beganAt: next, isNew: true });
    expect(await inbox.beginReply("another", next)).toEqual({ beganAt: at, isNew: false });
  });

  it("is known for longer than events are delivered, and forgotten then", async () => {
    const inbox = new MemoryEventInbox();
    await inbox.beginReply("reply", new Date());
    later(47 * hour);
    await claimed(inbox);
    expect(await inbox.beginReply("reply", new Date())).toMatchObject({ isNew: false });
    later(2 * hour);
    await claimed(inbox, "another");
    expect(await inbox.beginReply("reply", new Date())).toMatchObject({ isNew: true });
  });
});

describe("an inbox in memory, whatever is done to it", () => {
  /** What an inbox is to do, in its simplest form. */
  interface Model {
    owner?: { token: string; until: number };
    isDone: boolean;
    /** All that were given out. */
    tokens: string[];
  }

  async function claimBoth(inbox: MemoryEventInbox, model: Model): Promise<readonly [string, string]> {
    const claim = await inbox.claim("event", lease);
    const isTaken = model.owner !== undefined && model.owner.until > Date.now();
    const expected = model.isDone ? "done" : isTaken ? "busy" : "claimed";
    if (claim.state === "claimed") {
      model.tokens.push(claim.token);
      model.owner = { token: claim.token, until: Date.now() + lease };
    }
    return [claim.state, expected];
  }

  /** Ends a claim with the token of the last, or an earlier one. */
  async function endBoth(
    inbox: MemoryEventInbox,
    model: Model,
    how: "complete" | "release",
    back: number,
  ): Promise<void> {
    const token = model.tokens.at(-1 - back);
    if (token === undefined) return;
    await inbox[how]("event", token);
    if (how === "complete") model.isDone = true;
    else if (model.owner?.token === token) delete model.owner;
  }

  const action = fc.oneof(
    fc.constant({ do: "claim" } as const),
    fc.record({ do: fc.constantFrom("complete" as const, "release" as const), token: fc.nat(5) }),
    fc.record({ do: fc.constant("wait" as const), ms: fc.nat(2 * lease) }),
  );

  it("lets one worker at a time at an event, and none after it is done", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
        const inbox = new MemoryEventInbox();
        const model: Model = { isDone: false, tokens: [] };
        const answers: (readonly [told: string, expected: string])[] = [];
        for (const step of actions) {
          if (step.do === "wait") later("ms" in step ? step.ms : 0);
          else if (step.do === "claim") answers.push(await claimBoth(inbox, model));
          else await endBoth(inbox, model, step.do, "token" in step ? step.token : 0);
        }
        for (const [told, expected] of answers) expect(told).toBe(expected);
        expect(new Set(model.tokens).size).toBe(model.tokens.length);
      }),
    );
  });
});
