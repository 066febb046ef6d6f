import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { ConfirmationGrant } from "../../src/suppression/confirmation.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { canary } from "../support/canary.js";
import { collect, minute } from "../support/stores.js";
import { wrong } from "../support/wrong.js";

const tollFree = "+18005551234";
const longCode = "+14255550199";
const shortCode = "12345";
const [person] = canary.numbers;
const now = minute(0);

let store: MemorySuppressionStore;
let list: SuppressionList;

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ["Date"] });
  store = new MemorySuppressionStore();
  list = new SuppressionList(store);
});
afterEach(() => vi.useRealTimers());

/** What somebody said to a sender whose country is `country`. */
async function said(message: string, to: string, country?: string) {
  const inCountry = new SuppressionList(store, { senderCountry: () => country });
  return inCountry.handleMessage({
    from: person,
    to,
    message,
    messageId: `${message} to ${to}`,
    receivedAt: now,
  });
}

/** A STOP and the grant it gives. */
async function stop(messageId = "m1", receivedAt = now, to = longCode): Promise<ConfirmationGrant> {
  const inbound = { from: person, to, message: "STOP", messageId, receivedAt };
  const { confirmation } = await list.handleMessage(inbound);
  if (confirmation === undefined) throw new Error("expected a grant");
  return confirmation;
}

async function standing(from = longCode): Promise<SuppressionEntry> {
  const [decision] = await list.check(from, [person]);
  if (decision?.suppressed !== true) throw new Error("expected an opt-out");
  return decision.entry;
}

describe("a confirmation is offered where nobody else answers the word", () => {
  it.each<[string, string, string | undefined, boolean]>([
    // The carrier answers STOP for toll-free numbers, and nothing else.
    ["STOP", tollFree, undefined, false],
    ["Stop!", tollFree, "US", false],
    ["STOP", tollFree, "CA", false],
    ["QUIT", tollFree, undefined, true],
    ["END", tollFree, "US", true],
    ["STOPALL", tollFree, "US", true],
    ["ARRET", tollFree, "CA", true],
    ["HELP", tollFree, "US", true],
    // The service answers the FCC's seven and HELP for US short codes.
    ["STOP", shortCode, "US", false],
    ["QUIT", shortCode, "US", false],
    ["opt out", shortCode, "US", false],
    ["HELP", shortCode, "US", false],
    ["STOP", shortCode, "us", false],
    ["STOPALL", shortCode, "US", true],
    ["ARRET", shortCode, "US", true],
    // Nobody does for those of other countries.
    ["STOP", shortCode, "GB", true],
    ["HELP", shortCode, "GB", true],
    ["STOP", shortCode, "CA", true],
    ["AIDE", shortCode, "CA", true],
    // Where the country is not known, somebody might.
    ["STOP", shortCode, undefined, false],
    ["HELP", shortCode, undefined, false],
    ["ARRET", shortCode, undefined, true],
    // Long codes are the sender's own affair.
    ["STOP", longCode, undefined, true],
    ["STOP", longCode, "US", true],
    ["HELP", longCode, "US", true],
    ["STOP", "+447700900123", "GB", true],
  ])("%s to %s in %s: %s", async (message, to, country, isOffered) => {
    const { confirmation } = await said(message, to, country);
    expect(confirmation !== undefined).toBe(isOffered);
  });

  it.each(["START", "UNSTOP", "Hello", "please stop texting me"])("and for no %s", async (message) => {
    expect(await said(message, longCode, "US")).not.toHaveProperty("confirmation");
  });

  it("and only for a message with an id, which makes it single-use", async () => {
    const outcome = await list.handleMessage({
      from: person,
      to: longCode,
      message: "STOP",
      receivedAt: now,
    });
    expect(outcome).toMatchObject({ intent: "opt-out", changed: true });
    expect(outcome).not.toHaveProperty("confirmation");
  });

  it("asks for the country by the sender's key", async () => {
    const senderCountry = vi.fn(() => "GB");
    await new SuppressionList(store, { senderCountry }).handleMessage({
      from: person,
      to: "18005551234",
      message: "QUIT",
      messageId: "m",
    });
    expect(senderCountry.mock.calls).toEqual([[tollFree]]);
  });
});

describe("a grant", () => {
  it("says what it is for", async () => {
    const receivedAt = minute(-2);
    const grant = await stop("m1", receivedAt);
    const about = { intent: "opt-out", messageId: "m1", sender: longCode, recipient: person };
    expect(grant).toEqual({ ...about, receivedAt: minute(-2), expiresAt: minute(3) });
  });

  it("is also given when the event comes again, so that nobody goes without", async () => {
    const grant = await stop();
    expect(await stop()).toEqual(grant);
  });

  it("is not given for a message that is five minutes old", async () => {
    const late = { from: person, to: longCode, message: "STOP", messageId: "m" };
    const justInTime = new Date(minute(-5).getTime() + 1);
    expect(await list.handleMessage({ ...late, receivedAt: minute(-5) })).not.toHaveProperty("confirmation");
    expect(await list.handleMessage({ ...late, receivedAt: justInTime })).toHaveProperty("confirmation");
  });

  it("lasts five minutes at most, also where the message claims to be from the future", async () => {
    const grant = await stop("m1", minute(60));
    expect(grant.expiresAt.getTime()).toBeLessThanOrEqual(minute(5).getTime());
  });

  it("lets one text pass the opt-out it is about, once", async () => {
    const grant = await stop();
    expect(await list.claimConfirmation(grant, await standing())).toBe(true);
    expect(await list.claimConfirmation(grant, await standing())).toBe(false);
    expect(await standing()).toMatchObject({ messageId: "m1", sender: longCode });
  });

  it("is won by exactly one of many who claim it at once, in several processes", async () => {
    const grant = await stop();
    const entry = await standing();
    const lists = [list, new SuppressionList(store), new SuppressionList(store, { revokeAll: true })];
    const claims = Array.from({ length: 60 }, async (_, index) =>
      lists[index % 3]?.claimConfirmation({ ...grant }, entry),
    );
    const won = (await Promise.all(claims)).filter(Boolean);
    expect(won).toHaveLength(1);
  });

  it("of each message is its own", async () => {
    const first = await stop("m1", minute(-2));
    const second = await stop("m2", minute(-1));
    expect(await list.claimConfirmation(second, await standing())).toBe(true);
    expect(await list.claimConfirmation(first, await standing()), "about an older opt-out").toBe(false);
  });

  it("is refused for another opt-out than its own, and not used up by that", async () => {
    const grant = await stop("m1", minute(-2));
    const entry = await standing();
    await list.optOut(longCode, [person], { at: minute(-1) });
    expect(await list.claimConfirmation(grant, await standing())).toBe(false);
    expect(await list.claimConfirmation(grant, { ...entry, messageId: "another" })).toBe(false);
    expect(await list.claimConfirmation(grant, entry)).toBe(true);
  });

  it("expires", async () => {
    const [grant, same] = [await stop("m1"), await stop("m2", minute(0))];
    const [mine, other] = [{ ...(await standing()), messageId: "m1" }, await standing()];
    vi.setSystemTime(new Date(minute(5).getTime() - 1));
    expect(await list.claimConfirmation(grant, mine)).toBe(true);
    vi.setSystemTime(minute(5));
    expect(await list.claimConfirmation(same, other)).toBe(false);
  });

  it("that would be refused anyway still heeds an abort", async () => {
    const grant = await stop();
    vi.setSystemTime(minute(9));
    const claim = list.claimConfirmation(grant, await standing(), { abortSignal: AbortSignal.abort("no") });
    await expect(claim).rejects.toMatchObject({ name: "AbortError", cause: "no" });
  });

  it("with a broken date is refused", async () => {
    const grant = { ...(await stop()), expiresAt: new Date(Number.NaN) };
    expect(await list.claimConfirmation(grant, await standing())).toBe(false);
  });

  it("from HELP passes whatever opt-out stands, once", async () => {
    await list.optOut("*", [person]);
    const help = { from: person, to: longCode, message: "HELP", messageId: "m2", receivedAt: now };
    const { confirmation, changed } = await list.handleMessage(help);
    expect(confirmation).toMatchObject({ intent: "help", messageId: "m2" });
    expect(changed).toBe(false);
    const grant = wrong<ConfirmationGrant>(confirmation);
    expect(await list.claimConfirmation(grant, await standing())).toBe(true);
    expect(await list.claimConfirmation(grant, await standing())).toBe(false);
  });

  it("is one for each message, also where it comes again without its time", async () => {
    const inbound = { from: person, to: longCode, message: "STOP", messageId: "m1" };
    const first = await list.handleMessage(inbound);
    vi.setSystemTime(minute(1));
    const again = await list.handleMessage(inbound);
    if (first.confirmation === undefined || again.confirmation === undefined)
      throw new Error("expected grants");
    expect(await list.claimConfirmation(first.confirmation, await standing())).toBe(true);
    expect(await list.claimConfirmation(again.confirmation, await standing())).toBe(false);
  });
});

describe("the mark of a used grant", () => {
  it.each([
    {},
    { revokeAll: true },
    { program: () => "one for all" },
    { program: () => "all", revokeAll: true },
  ])("influences no decision (%o)", async (options) => {
    const grant = await stop("m1", minute(-2));
    const entry = await standing();
    expect(await list.claimConfirmation(grant, entry)).toBe(true);
    const withPolicy = new SuppressionList(store, options);
    expect(await withPolicy.check(longCode, [person])).toEqual([{ suppressed: true, entry }]);
    await withPolicy.optIn(longCode, [person], { at: new Date(minute(-2).getTime() + 1) });
    expect(await withPolicy.check(longCode, [person])).toEqual([{ suppressed: false }]);
  });

  it("is in the history, under no sender that can be texted from", async () => {
    const grant = await stop();
    await list.claimConfirmation(grant, await standing());
    const [, mark] = await collect(store.history(person));
    expect(mark).toMatchObject({
      sender: "confirmation:m1",
      state: "opted-out",
      messageId: "m1",
      at: new Date(0),
    });
    for (const spelling of ["confirmation:m1", "CONFIRMATION:M1", "Confirmation:m1"]) {
      expect(await list.check(spelling, [person])).toEqual([{ suppressed: false }]);
    }
  });
});
