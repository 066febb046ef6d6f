import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { magicNumbers } from "../../src/emulator/index.js";
import { template } from "../../src/campaigns/message/template.js";
import { people, person, rejection, sender, text } from "../support/clients.js";
import { resultsOf, setStage, textsOf, type Stage } from "./stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => stage[Symbol.asyncDispose]());

function sends(): number[] {
  return stage.emulator
    .requests()
    .filter(({ path }) => path.startsWith("/sms"))
    .map(({ recipients }) => recipients);
}

describe("a campaign", () => {
  it("texts everybody once, in requests of 100", async () => {
    const recipients = people(250);
    const campaign = stage.campaign({ recipients });
    const results = await resultsOf(campaign);
    expect(results).toHaveLength(250);
    expect(results.every(({ status, isEarlier }) => status === "accepted" && !isEarlier)).toBe(true);
    expect(new Set(results.map(({ to }) => to))).toEqual(new Set(recipients));
    expect(results[0]).toMatchObject({ from: sender, messageId: expect.any(String), httpStatusCode: 202 });
    expect(sends().toSorted((a, b) => b - a)).toEqual([100, 100, 50]);
    expect(textsOf(stage.emulator, recipients)).toEqual(recipients.map(() => 1));
    expect(campaign.totals).toMatchObject({ accepted: 250, rejected: 0, duplicate: 0 });
  });

  it("reads any iterable, and takes nothing it cannot read", async () => {
    const numbers = people(3);
    async function* slowly(): AsyncGenerator<string> {
      yield* numbers;
    }
    const lists = [new Set(numbers), slowly(), () => numbers.values(), ReadableStream.from(numbers)];
    for (const [index, recipients] of lists.entries()) {
      expect(await resultsOf(stage.campaign({ id: `list ${index}`, recipients }))).toHaveLength(3);
    }
    expect(() => stage.campaign({ recipients: person as never })).toThrow(/`recipients` to be an iterable/);
    expect(() => stage.campaign({ recipients: 7 as never })).toThrow(/`recipients` to be an iterable/);
    expect(() => stage.campaign({ recipients: () => 7 as never })).not.toThrow();
    const broken = stage.campaign({ recipients: () => 7 as never });
    await expect(resultsOf(broken)).rejects.toThrow(/`recipients\(\)` to be an iterable/);
  });

  it("sends a slow list as it comes", async () => {
    const [first, second] = people(2) as [string, string];
    const { promise: more, resolve } = Promise.withResolvers<void>();
    async function* slowly(): AsyncGenerator<string> {
      yield first;
      await more;
      yield second;
    }
    const run = stage.campaign({ recipients: slowly() }).run();
    expect((await run.next()).value).toMatchObject({ to: first, status: "accepted" });
    resolve();
    expect((await run.next()).value).toMatchObject({ to: second, status: "accepted" });
    expect((await run.next()).done).toBe(true);
  });

  it("says of each item what became of it", async () => {
    const [free, stopped, twice, late] = people(4) as [string, string, string, string];
    await stage.suppression.handleMessage({ from: stopped, to: sender, message: "STOP" });
    const results = await resultsOf(
      stage.campaign({
        recipients: [
          free,
          stopped,
          twice,
          "not a number",
          { to: twice },
          { to: twice, key: "again" },
          { to: late, sendBefore: new Date(Date.now() - 1) },
          { to: "", problem: "has 3 cells where the first line has 4", key: "line 12" },
        ],
      }),
    );
    const byKey = Object.groupBy(results, ({ key }) => key);
    expect(byKey[free]).toMatchObject([{ status: "accepted" }]);
    expect(byKey[stopped]).toMatchObject([{ status: "suppressed" }]);
    expect(byKey[twice]?.map(({ status }) => status).toSorted()).toEqual(["accepted", "duplicate"]);
    expect(byKey["again"]).toMatchObject([{ status: "accepted", to: twice }]);
    expect(byKey["not a number"]).toMatchObject([{ status: "invalid", errorMessage: "Not a phone number." }]);
    expect(byKey[late]).toMatchObject([{ status: "expired" }]);
    expect(byKey["line 12"]).toMatchObject([
      { status: "invalid", errorMessage: expect.stringContaining("cells") },
    ]);
    expect(textsOf(stage.emulator, [free, stopped, twice, late])).toEqual([1, 0, 2, 0]);
  });

  it("reports a refused recipient, and spoils nobody else's", async () => {
    const refused = magicNumbers.serviceUnavailable.number;
    const results = await resultsOf(stage.campaign({ recipients: [refused, person] }));
    expect(results).toMatchObject([
      { to: refused, status: "rejected", httpStatusCode: 503, errorMessage: expect.any(String) },
      { to: person, status: "accepted" },
    ]);
  });
});

describe("a message for each", () => {
  it("is made by a function of the item", async () => {
    const recipients = people(3).map((to, index) => ({ to, seat: index + 1 }));
    await resultsOf(stage.campaign({ recipients, message: ({ seat }) => `Your seat: ${seat}` }));
    expect(recipients.map(({ to }) => stage.emulator.phone(to).messages()[0]?.message)).toEqual([
      "Your seat: 1",
      "Your seat: 2",
      "Your seat: 3",
    ]);
  });

  it("shares requests with others that are the same", async () => {
    const recipients = people(300).map((to, index) => ({ to, fields: { language: "abc"[index % 3] ?? "" } }));
    await resultsOf(stage.campaign({ recipients, message: template("Hello in {language}") }));
    expect(sends()).toEqual([100, 100, 100]);
  });

  it("is refused before anything is sent, where a field is missing", async () => {
    const [first, second] = people(2) as [string, string];
    const campaign = stage.campaign({
      recipients: [
        { to: first, fields: { name: "Ada" } },
        { to: second, fields: { name: "" } },
      ],
      message: template("Hi {name}"),
    });
    const error = await rejection(resultsOf(campaign));
    expect(error).toMatchObject({ code: "missing-field" });
    expect(error.message).toMatch(/item 2 of the list.*`name`/);
    expect(sends()).toEqual([]);
  });

  it("is found missing item by item in a list that can be read once", async () => {
    const [first, second] = people(2) as [string, string];
    function* once() {
      yield { to: first, fields: { name: "Ada" } };
      yield { to: second, fields: {} };
    }
    const message = template("Hi {name}");
    const results = await resultsOf(
      stage.campaign({ recipients: once() as never, message: message as never }),
    );
    expect(results.map(({ to, status }) => [to, status])).toEqual(
      expect.arrayContaining([
        [first, "accepted"],
        [second, "invalid"],
      ]),
    );
  });
});

describe("a second run", () => {
  it("sends nothing again, and tells what the first found out", async () => {
    const recipients = [...people(150), "no number"];
    await resultsOf(stage.campaign({ recipients }));
    const again = stage.campaign({ recipients, journal: stage.openJournal() });
    const results = await resultsOf(again);
    expect(results).toHaveLength(151);
    expect(results.every(({ isEarlier }) => isEarlier)).toBe(true);
    expect(again.totals).toMatchObject({ accepted: 150, invalid: 1 });
    expect(sends()).toHaveLength(2);
  });

  it("goes on where the first was left", async () => {
    const recipients = people(1000);
    const first = stage.campaign({ recipients, concurrency: 1 }).run();
    for (let read = 0; read < 150; read += 1) await first.next();
    await first.return();
    expect(sends().length).toBeLessThan(10);
    const results = await resultsOf(stage.campaign({ recipients, journal: stage.openJournal() }));
    expect(results).toHaveLength(1000);
    expect(results.filter(({ isEarlier }) => isEarlier).length).toBeGreaterThanOrEqual(150);
    expect(new Set(textsOf(stage.emulator, recipients))).toEqual(new Set([1]));
  });

  it("refuses a changed text of what was sent, and takes rows that were added", async () => {
    const [old, added] = people(2) as [string, string];
    await resultsOf(stage.campaign({ recipients: [old] }));
    const edited = stage.campaign({ recipients: [added, old], message: "something else" });
    expect(await rejection(resultsOf(edited))).toMatchObject({ code: "campaign-changed" });
    const tagged = stage.campaign({ recipients: [old], tag: "another tag" });
    expect(await rejection(resultsOf(tagged))).toMatchObject({ code: "campaign-changed" });
    const grown = await resultsOf(stage.campaign({ recipients: [added, old], message: text }));
    expect(grown.map(({ to, isEarlier }) => [to, isEarlier])).toEqual(expect.arrayContaining([[old, true]]));
    expect(textsOf(stage.emulator, [old])).toEqual([1]);
  });

  it("finds the note of the first, until it has another", async () => {
    const noteOf = async (): Promise<string | undefined> => (await stage.journal.read("spring sale"))?.note;
    await resultsOf(stage.campaign({ note: "as ordered" }));
    expect(await noteOf()).toBe("as ordered");
    await resultsOf(stage.campaign());
    expect(await noteOf()).toBe("as ordered");
    await resultsOf(stage.campaign({ note: "changed" }));
    expect(await noteOf()).toBe("changed");
    expect(() => stage.campaign({ note: 7 as never })).toThrow(/`note` to be a string/);
    expect(() => stage.campaign({ note: "x".repeat(65_537) })).toThrow(/at most 65536 bytes/);
  });

  it("keeps each recipient's sender, whoever joined the pool", async () => {
    await using pool = await setStage({
      senders: [
        { number: sender, kind: "toll-free" },
        { number: "+18005551235", kind: "toll-free" },
      ],
    });
    const recipients = people(100);
    await resultsOf(pool.campaign({ recipients }));
    const twice = recipients.flatMap((to) => [to, { to, key: `second ${to}` }]);
    const from = [sender, "+18005551235"];
    await resultsOf(pool.campaign({ recipients: twice, from }));
    for (const number of recipients) {
      const senders = pool.emulator
        .phone(number)
        .messages()
        .map((message) => message.from);
      expect(senders).toEqual([sender, sender]);
    }
    const fresh = await resultsOf(pool.campaign({ id: "fresh", recipients, from }));
    const shares = Object.values(Object.groupBy(fresh, (result) => result.from ?? "")).map(
      (group) => group?.length,
    );
    expect(shares).toHaveLength(2);
    expect(Math.min(...shares.map(Number))).toBeGreaterThan(25);
  });
});

describe("a preview", () => {
  it("waits for a list that comes bit by bit, and for as much of it as it likes", async () => {
    const warned: string[] = [];
    const listen = (warning: Error): void => void warned.push(warning.name);
    process.on("warning", listen);
    const numbers = people(3);
    async function* slowly(): AsyncGenerator<string> {
      for (const number of numbers) {
        await setImmediate();
        yield number;
      }
    }
    const preview = await stage.campaign({ recipients: slowly }).preview();
    await setImmediate();
    process.off("warning", listen);
    expect(preview).toMatchObject({ items: 3, messageUnits: 3 });
    expect(warned).toEqual([]);
  });
});
