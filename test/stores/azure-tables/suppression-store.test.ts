import { createHttpHeaders } from "@azure/core-rest-pipeline";
import type { TransactionAction } from "@azure/data-tables";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

import { AzureTablesSuppressionStore } from "../../../src/stores/azure-tables/azure-tables-suppression-store.js";
import type { AzureTableClient } from "../../../src/stores/azure-tables/table-client.js";
import type {
  SuppressionLedger,
  SuppressionStoreOptions,
} from "../../../src/suppression/suppression-store.js";
import { canary } from "../../support/canary.js";
import { rejection } from "../../support/clients.js";
import { azureTablesService } from "../../support/services/azure-tables.js";
import { collect, fact, minute } from "../../support/stores.js";
import { wrong } from "../../support/wrong.js";
import type { StoreAddress } from "../open-store.js";
import { losingFirstAnswer, partialPages, through, watching } from "./policies.js";
import { tableClient } from "./table-client.js";

const [person, other] = canary.numbers;
const aborted = { name: "AbortError", code: "aborted" };
const service = await azureTablesService();
afterAll(async () => service?.[Symbol.asyncDispose]());

describe.skipIf(service === undefined)("opt-outs in Azure tables", () => {
  let place: StoreAddress;
  let store: AzureTablesSuppressionStore;
  const opened = (options: Parameters<typeof tableClient>[1] = {}) =>
    new AzureTablesSuppressionStore(tableClient(place, options));

  beforeEach(async () => {
    if (service !== undefined) place = await service.place();
    store = opened();
  });

  describe("writers at the same time", () => {
    it("make one of many equal facts the newest, and keep it once", async () => {
      const another = opened();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : another).record([fact()])),
      );
      expect(answers.flat().filter(Boolean)).toEqual([true]);
      expect(await collect(store.history(person))).toEqual([fact()]);
    });

    it("lose nothing, and number what they add", async () => {
      const facts = Array.from({ length: 12 }, (_, index) => fact({ at: minute(index) }));
      await Promise.all(facts.map((one, index) => (index % 2 === 0 ? store : opened()).record([one])));
      const history = await collect(store.history(person));
      expect(history.toSorted((a, b) => a.at.getTime() - b.at.getTime())).toEqual(facts);
      expect((await store.find([person]))[0]).toEqual([facts.at(-1)]);
      const numbers: unknown[] = [];
      const filter = "RowKey ge 'fact:' and RowKey lt 'fact;'";
      for await (const { number } of tableClient(place).listEntities({ queryOptions: { filter } }))
        numbers.push(number);
      expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(facts.map((_, index) => index + 1));
    });
  });

  it("starts afresh where a person's rows are deleted while it writes", async () => {
    await store.record([fact({ at: minute(1) })]);
    let isDeleted = false;
    const disturbed = opened(
      through(async (request, next) => {
        if (!isDeleted && request.url.endsWith("$batch")) await deleteRows();
        isDeleted ||= request.url.endsWith("$batch");
        return next(request);
      }),
    );
    async function deleteRows(): Promise<void> {
      const client = tableClient(place);
      const actions: TransactionAction[] = [];
      for await (const { partitionKey = "", rowKey = "" } of client.listEntities())
        actions.push(["delete", { partitionKey, rowKey }]);
      await client.submitTransaction(actions);
    }
    expect(await disturbed.record([fact({ at: minute(0) })])).toEqual([true]);
    expect(await collect(store.history(person))).toEqual([fact({ at: minute(0) })]);
  });

  describe("a change whose answer was lost", () => {
    it("is known again as one's own when the SDK repeats it", async () => {
      const unlucky = opened(losingFirstAnswer());
      expect(await unlucky.record([fact({ at: minute(1) }), fact({ at: minute(0) })])).toEqual([true, false]);
      expect(await store.record([fact({ at: minute(1) })])).toEqual([false]);
      expect(await collect(store.history(person))).toHaveLength(2);
    });

    it("is somebody else's where somebody else was faster", async () => {
      await store.record([fact()]);
      expect(await opened(losingFirstAnswer()).record([fact(), fact({ at: minute(1) })])).toEqual([
        false,
        true,
      ]);
    });
  });

  describe("an answer that is not the service's", () => {
    const answering = (method: string, type: string, bodyAsText: string) =>
      opened(
        through(async (request, next) => {
          if (request.method !== method || request.url.endsWith("/Tables")) return next(request);
          return { request, status: 200, headers: createHttpHeaders({ "content-type": type }), bodyAsText };
        }),
      );

    it.each([
      ["text/html", "<html>Welcome</html>"],
      ["application/json", "{}"],
    ])("is no empty list (%s, %s)", async (type, body) => {
      await store.record([fact()]);
      for (const error of await rejections(answering("GET", type, body)))
        expect(error.message).toBe("The answer to a query holds no list of rows.");
    });

    it("is no word that something was done", async () => {
      const proxied = answering("POST", "text/html", "<html>Welcome</html>");
      await expect(proxied.record([fact()])).rejects.toThrow("does not say that all of it was done");
      expect(await store.find([person])).toEqual([[]]);
    });
  });

  it("follows pages, also where they are empty or short", async () => {
    const facts = [
      fact({ at: minute(1) }),
      fact({ at: minute(0) }),
      fact({ state: "opted-in" }),
      fact({ sender: "12345" }),
      fact({ recipient: other }),
    ];
    await opened(partialPages()).record(facts);
    const paged = opened(partialPages());
    const found = await paged.find([person, other]);
    expect(found.map((entries) => entries.length)).toEqual([3, 1]);
    expect(found).toEqual(await store.find([person, other]));
    expect(await collect(paged.entries())).toEqual(await collect(store.entries()));
    expect(await collect(paged.history(person))).toEqual(facts.slice(0, 4));
    // Nothing was taken for new because a page was empty.
    expect(await paged.record(facts)).toEqual(facts.map(() => false));
  });

  it("knows the newest fact again after a newer one in the same list", async () => {
    const [old, known, newer] = [fact({ at: minute(0) }), fact({ at: minute(1) }), fact({ at: minute(2) })];
    await store.record([known]);
    expect(await store.record([newer, known, old, newer])).toEqual([true, false, false, false]);
    expect(await collect(store.history(person))).toEqual([known, newer, old]);
  });

  it("asks once for a recipient who is named twice, and not for more at once than it may", async () => {
    const people = Array.from({ length: 30 }, (_, index) => `+1425555${1000 + index}`);
    let [now, most, asked] = [0, 0, 0];
    const counting = new AzureTablesSuppressionStore(countingClient(tableClient(place)), { concurrency: 4 });
    function countingClient(client: AzureTableClient): AzureTableClient {
      const listEntities: AzureTableClient["listEntities"] = (options) => {
        const rows = client.listEntities(options);
        async function* counted() {
          [now, asked] = [now + 1, asked + 1];
          most = Math.max(most, now);
          yield* rows;
          now -= 1;
        }
        return { [Symbol.asyncIterator]: counted, byPage: () => wrong("not used") };
      };
      return {
        ...wrong<AzureTableClient>({}),
        createTable: async () => {},
        listEntities,
        submitTransaction: () => wrong(0),
      };
    }
    expect(await counting.find([...people, ...people])).toHaveLength(60);
    expect([asked, most]).toEqual([30, 4]);
  });

  it("takes more facts of one person than a transaction does, and more text", async () => {
    const facts = Array.from({ length: 120 }, (_, index) =>
      fact({ at: minute(index), note: "é".repeat(2000) }),
    );
    const sizes: number[] = [];
    const watched = opened(
      watching(({ method, body }) => {
        if (method === "POST" && typeof body === "string") sizes.push(Buffer.byteLength(body));
      }),
    );
    expect((await watched.record(facts)).at(-1)).toBe(true);
    // Besides them, one makes the table.
    expect(sizes).toHaveLength(1 + 3);
    expect(await collect(store.history(person))).toEqual(facts);
    const longest = Array.from({ length: 40 }, (_, index) =>
      fact({ at: minute(200 + index), note: "\u0001".repeat(32_768) }),
    );
    expect(await watched.record(longest)).toHaveLength(40);
    expect(sizes.length).toBeGreaterThan(1 + 3 + 1);
    expect(Math.max(...sizes)).toBeLessThan(4 * 1024 * 1024);
    expect((await store.find([person]))[0]?.[0]?.note).toHaveLength(32_768);
  });

  it("cuts a text that no row can hold, and knows the fact again", async () => {
    const long = fact({ keyword: `STOP ${"😀".repeat(40_000)}`, note: "x".repeat(32_768) });
    expect(await store.record([long])).toEqual([true]);
    expect(await store.record([long])).toEqual([false]);
    const [kept] = await collect(store.history(person));
    // 32,768 would end with half of the last one.
    expect(kept?.keyword).toHaveLength(32_767);
    expect(kept?.keyword?.isWellFormed()).toBe(true);
    expect(kept?.keyword?.endsWith("😀 […]")).toBe(true);
    expect(kept?.note).toBe(long.note);
  });

  it("keeps apart what differs in odd keys", async () => {
    const odd = [
      "a/b",
      "a\\b",
      "a#b",
      "a?b",
      "a%2Fb",
      "a=2Fb",
      "a'b",
      "a\tb",
      "A/B",
      "é",
      "e\u0301",
      "😀",
      "*",
      " ",
      "(a),b",
      "x".repeat(3000),
    ];
    const facts = odd.flatMap((sender) => [
      fact({ sender }),
      fact({ sender: `confirmation:${sender}`, at: new Date(0) }),
    ]);
    expect(await store.record(facts)).toEqual(facts.map(() => true));
    expect(await store.record(facts)).toEqual(facts.map(() => false));
    const [found] = await store.find([person]);
    expect(new Set(found?.map(({ sender }) => sender))).toEqual(new Set(facts.map(({ sender }) => sender)));
    const people = odd.map((recipient) => fact({ recipient }));
    await store.record(people);
    expect(await store.find(odd)).toEqual(people.map((one) => [one]));
    expect(await collect(store.entries())).toHaveLength(facts.length + people.length);
  });

  it("keeps line separators, which Azurite takes as bytes only", async () => {
    const text = "STOP\u2028\u2029é😀";
    const odd = fact({
      sender: text,
      recipient: text,
      keyword: text,
      messageId: text,
      note: text.repeat(3000),
    });
    await store.record([odd]);
    expect(await store.find([text])).toEqual([[odd]]);
    expect(await collect(store.history(text))).toEqual([odd]);
  });

  it("keeps the widest dates to the millisecond, and tells an empty text from none", async () => {
    const dates = [-8.64e15, -1, 0, 1, 253_402_300_800_001, 8.64e15].map((time) => new Date(time));
    const facts = dates.map((at) => fact({ at, recordedAt: at, keyword: "", note: "" }));
    await store.record(facts);
    expect(await collect(store.history(person))).toEqual(facts);
    expect((await store.find([person]))[0]).toEqual([facts.at(-1)]);
  });

  describe("a table that is missing", () => {
    const missing = (): StoreAddress => ({ ...place, name: `${place.name}missing` });

    it("is made at the first use", async () => {
      place = missing();
      const fresh = opened();
      expect(await Promise.all([fresh.find([person]), fresh.record([fact()])])).toEqual([[[]], [true]]);
      await tableClient(place).deleteTable();
    });

    it("is an error where it is not to be made", async () => {
      const strict = new AzureTablesSuppressionStore(tableClient(missing()), { createTable: false });
      for (const error of await rejections(strict)) expect(error).toMatchObject({ statusCode: 404 });
    });

    it("is an error where it was there before", async () => {
      await store.record([fact()]);
      await tableClient(place).deleteTable();
      expect(await rejection(store.find([person]))).toMatchObject({ statusCode: 404 });
      expect(await rejection(store.record([fact()]))).toMatchObject({ statusCode: 404 });
    });

    it("is made by the next call where it could not be made", async () => {
      let isDown = true;
      const shaky = opened(
        watching(() => {
          if (isDown) throw new TypeError("down");
        }),
      );
      await expect(shaky.find([person])).rejects.toThrow("down");
      isDown = false;
      expect(await shaky.find([person])).toEqual([[]]);
    });
  });

  it("does not take a row that somebody else changed for an answer", async () => {
    await store.record([fact()]);
    const client = tableClient(place);
    // Not as single updates: the SDK's log shows where those go.
    for await (const { partitionKey = "", rowKey = "" } of client.listEntities())
      if (rowKey !== "head")
        await client.submitTransaction([["update", { partitionKey, rowKey }, "Replace"]]);
    for (const error of await rejections(store)) expect(error.message).toMatch(/^A row has no valid `/);
  });

  it.each(["/Tables", "()", "$batch"])("ends at the caller's signal during a request (%s)", async (part) => {
    const controller = new AbortController();
    const stopping = opened(watching(({ url }) => void (url.includes(part) && controller.abort("enough"))));
    const error = await rejection(stopping.record([fact()], { abortSignal: controller.signal }));
    expect(error).toMatchObject({ ...aborted, cause: "enough" });
  });

  it("ends at the caller's signal, before and between requests", async () => {
    const requests: string[] = [];
    const controller = new AbortController();
    const watched = opened(
      watching(({ url }) => {
        requests.push(url);
        if (requests.length === 3) controller.abort();
      }),
    );
    const abortSignal = AbortSignal.abort();
    for (const error of await rejections(watched, { abortSignal })) expect(error).toMatchObject(aborted);
    expect(requests).toEqual([]);
    const people = Array.from({ length: 100 }, (_, index) => `+1425555${1000 + index}`);
    const during = watched.find(people, { abortSignal: controller.signal });
    expect(await rejection(during)).toMatchObject(aborted);
    expect(requests.length).toBeLessThan(100);
  });
});

describe("AzureTablesSuppressionStore", () => {
  const client = tableClient({ kind: "azure-tables", url: "http://127.0.0.1:1", name: "none" });

  it("refuses what is no client, and malformed options", () => {
    for (const given of [undefined, null, {}, "UseDevelopmentStorage=true"])
      expect(() => new AzureTablesSuppressionStore(wrong(given))).toThrow(
        /^Expected `tableClient` to be a `TableClient`/,
      );
    for (const concurrency of [0, -1, 1.5, Number.NaN, wrong<number>("4")])
      expect(() => new AzureTablesSuppressionStore(client, { concurrency })).toThrow(
        /^Expected `concurrency` to be/,
      );
    expect(() => new AzureTablesSuppressionStore(client, { createTable: wrong("no") })).toThrow(
      /^Expected `createTable` to be/,
    );
  });

  it("rejects where there is no server, whatever is asked", async () => {
    const store = new AzureTablesSuppressionStore(client);
    for (const error of await rejections(store)) expect(error).toMatchObject({ code: "ECONNREFUSED" });
  });
});

/** What each question and command rejects with. */
async function rejections(store: SuppressionLedger, options: SuppressionStoreOptions = {}): Promise<Error[]> {
  const calls = [
    store.find([person], options),
    store.record([fact()], options),
    collect(store.entries(options)),
    collect(store.history(person, options)),
  ];
  return Promise.all(calls.map(rejection));
}
