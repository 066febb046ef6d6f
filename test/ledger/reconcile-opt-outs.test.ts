import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { SmsClient } from "../../src/client/sms-client.js";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";
import { reconcileOptOuts } from "../../src/ledger/reconcile-opt-outs.js";
import type { ReconcileOptions } from "../../src/ledger/reconcile-options.js";
import type { OptOutDifference, ReconcileReport } from "../../src/ledger/reconcile-report.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { leakWatch } from "../support/canary.js";
import { people, rejection, sender as from, testClient } from "../support/clients.js";
import { ScriptedServer, type SeenRequest } from "../support/scripted-server.js";
import { collect, fact, minute, ScriptedStore } from "../support/stores.js";
import { wrong } from "../support/wrong.js";

const [first, second, third, fourth] = people(4) as [string, string, string, string];
let emulator: Emulator;
let sms: SmsClient;
let ledger: MemorySuppressionStore;
let suppression: SuppressionList;

beforeEach(async () => {
  emulator = await startEmulator({
    senders: [
      { number: from, kind: "toll-free" },
      { number: "+18005550000", kind: "toll-free" },
    ],
  });
  sms = new SmsClient(emulator.connectionString, { allowInsecureConnection: true });
  ledger = new MemorySuppressionStore();
  suppression = new SuppressionList(ledger);
});

afterEach(async () => emulator.close());

/** Compares four people, and what was told on the way. */
async function reconciled(
  options: Partial<ReconcileOptions>,
): Promise<{ report: ReconcileReport; differences: OptOutDifference[] }> {
  const differences: OptOutDifference[] = [];
  const report = await reconcileOptOuts({
    optOuts: sms.optOuts,
    suppression,
    from,
    recipients: people(4),
    direction: "both",
    onDifference: (difference) => differences.push(difference),
    ...options,
  });
  return { report, differences };
}

/** What the service and the list say of some people. */
async function sides(
  recipients: readonly string[] = people(4),
): Promise<{ service: unknown[]; list: unknown[] }> {
  const service = await sms.optOuts.check(from, recipients);
  const list = await suppression.check(from, recipients);
  return {
    service: service.map(({ isOptedOut }) => isOptedOut),
    list: list.map(({ suppressed }) => suppressed),
  };
}

/** The first is opted out here and there, the second at the service, the third in the list, the fourth nowhere. */
async function disagree(): Promise<void> {
  await sms.optOuts.add(from, [first]);
  emulator.phone(second).send("STOP", { to: from });
  await suppression.optOut(from, [first, third], { at: minute(0), keyword: "no more" });
}

describe("reconcileOptOuts", () => {
  it("tells each difference, and in a dry run does nothing about it", async () => {
    await disagree();
    const before = await sides();
    const { report, differences } = await reconciled({ dryRun: true });
    expect(differences).toEqual([
      { recipient: second, kind: "only-in-service", action: "none" },
      {
        recipient: third,
        kind: "only-in-list",
        action: "none",
        entry: expect.objectContaining({ keyword: "no more", at: minute(0) }),
      },
    ]);
    expect(report).toEqual({
      dryRun: true,
      checked: 4,
      inBoth: 1,
      inNeither: 1,
      onlyInService: 1,
      onlyInList: 1,
      unknown: 0,
      recorded: 0,
      added: 0,
      failed: 0,
    });
    expect(await sides()).toEqual(before);
  });

  it("adds to the list what the service has, dated when its check began", async () => {
    await disagree();
    const start = Date.now();
    const { report, differences } = await reconciled({ direction: "from-service" });
    expect(report).toMatchObject({ recorded: 1, added: 0, onlyInService: 1, onlyInList: 1 });
    expect(differences.map(({ kind, action }) => [kind, action])).toEqual([
      ["only-in-service", "recorded"],
      ["only-in-list", "none"],
    ]);
    expect(await sides()).toEqual({ service: [true, true, false, false], list: [true, true, true, false] });
    const [[entry] = []] = await ledger.find([second]);
    expect(entry).toMatchObject({ sender: from, state: "opted-out", source: "service" });
    expect(entry?.at.getTime()).toBeGreaterThanOrEqual(start);
    expect(entry?.at.getTime()).toBeLessThanOrEqual(entry?.recordedAt.getTime() ?? 0);
  });

  it("adds to the service what the list has", async () => {
    await disagree();
    const { report, differences } = await reconciled({ direction: "to-service" });
    expect(report).toMatchObject({ recorded: 0, added: 1 });
    expect(differences.map(({ kind, action }) => [kind, action])).toEqual([
      ["only-in-service", "none"],
      ["only-in-list", "added"],
    ]);
    expect(await sides()).toEqual({ service: [true, true, true, false], list: [true, false, true, false] });
  });

  it("adds both ways, and then finds no difference", async () => {
    await disagree();
    expect((await reconciled({})).report).toMatchObject({ recorded: 1, added: 1 });
    const { report, differences } = await reconciled({});
    expect(differences).toEqual([]);
    expect(report).toMatchObject({ inBoth: 3, inNeither: 1, recorded: 0, added: 0 });
  });

  it("never makes an opt-in, nor removes an opt-out, of what the other side does not have", async () => {
    await disagree();
    await reconciled({});
    expect((await collect(ledger.entries())).filter(({ state }) => state === "opted-in")).toEqual([]);
    const operations = emulator.requests().map(({ path }) => path);
    expect(operations.some((path) => path.includes("remove"))).toBe(false);
  });

  it("goes by the list's decision: its programmes, every sender, and what was lifted", async () => {
    suppression = new SuppressionList(ledger, { program: () => "alerts" });
    await suppression.optOut("*", [first], { at: minute(0) });
    await suppression.optOut("+18005550000", [second], { at: minute(0) });
    await suppression.optOut(from, [third], { at: minute(0) });
    await suppression.optIn("+18005550000", [third], { at: minute(1) });
    const { report } = await reconciled({ direction: "to-service" });
    expect(report).toMatchObject({ onlyInList: 2, added: 2 });
    expect((await sides()).service).toEqual([true, true, false, false]);
    const ofTheOther = await sms.optOuts.check("+18005550000", [second]);
    expect(ofTheOther).toMatchObject([{ isOptedOut: false }]);
  });

  it("lets a START win that comes while it runs", async () => {
    await sms.optOuts.add(from, [second]);
    const { optOuts } = sms;
    const slow: ReconcileOptions["optOuts"] = {
      add: async (...args) => optOuts.add(...args),
      async check(...args) {
        const answers = await optOuts.check(...args);
        await aMillisecond();
        await suppression.handleMessage({ from: second, to: from, message: "START", receivedAt: new Date() });
        return answers;
      },
    };
    const { report } = await reconciled({ optOuts: slow, direction: "from-service" });
    expect(report).toMatchObject({ recorded: 1 });
    expect((await sides()).list).toEqual([false, false, false, false]);
    expect(await collect(ledger.history(second))).toHaveLength(2);
  });

  it("takes a thousand people in requests of a hundred, each once", async () => {
    const all = people(1000);
    await sms.optOuts.add(from, all.slice(0, 500));
    await suppression.optOut(from, all.slice(250, 750));
    const earlier = emulator.requests().length;
    const { report, differences } = await reconciled({ recipients: [...all, ...all.slice(-30)] });
    expect(report).toMatchObject({ checked: 1030, inBoth: 250, inNeither: 280, recorded: 250, added: 250 });
    expect(new Set(differences.map(({ recipient }) => recipient)).size).toBe(500);
    const checks = emulator
      .requests()
      .slice(earlier)
      .filter(({ path }) => path.includes("check"));
    expect(checks).toHaveLength(11);
    expect((await sides(all)).service).toEqual((await sides(all)).list);
  });

  it("walks through a ledger, once for each person", async () => {
    await ledger.record([
      fact({ recipient: first, at: minute(0) }),
      fact({ recipient: first, sender: "*", state: "opted-in", at: minute(1) }),
      fact({ recipient: second, state: "opted-in", at: minute(1) }),
      fact({ recipient: third, sender: "confirmation:m", at: new Date(0) }),
    ]);
    await sms.optOuts.add(from, [second]);
    const { report } = await reconciled({ recipients: ledger });
    expect(report).toMatchObject({ checked: 2, added: 1, recorded: 1 });
    expect(await sides()).toEqual({ service: [true, true, false, false], list: [true, true, false, false] });
  });

  it("tells its progress, at last that of the report", async () => {
    const told: ReconcileReport[] = [];
    const { report } = await reconciled({ onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toEqual(report);
  });

  it("goes on where whoever is told fails later", async () => {
    const fail = wrong<() => void>(async () => Promise.reject(new Error("the screen is gone")));
    const { report } = await reconciled({ recipients: ["12345"], onDifference: fail, onProgress: fail });
    expect(report).toMatchObject({ checked: 1, unknown: 1 });
  });
});

describe("what cannot be told", () => {
  it("is unknown, and nothing is done about it: a number that is none", async () => {
    const recipients = [first, "(425) 555-0123", wrong<string>(undefined), "12345"];
    const { report, differences } = await reconciled({ recipients });
    expect(report).toMatchObject({ checked: 4, unknown: 3, inNeither: 1 });
    expect(differences.map(({ kind, error }) => [kind, error instanceof Error])).toEqual(
      Array.from({ length: 3 }, () => ["unknown", true]),
    );
    for (const { error } of differences) leakWatch.error("a difference", error);
  });

  it("is unknown where the service failed to check an item, and failed where it failed to add one", async () => {
    await using server = await ScriptedServer.start((seen) => ({
      status: 200,
      body: { value: itemsOf(seen) },
    }));
    await suppression.optOut(from, [second, third, fourth]);
    const { optOuts } = testClient(server);
    const { report, differences } = await reconciled({ optOuts });
    expect(report).toMatchObject({ checked: 4, unknown: 2, onlyInList: 2, added: 1, failed: 1 });
    expect(differences.map(({ recipient, kind, action }) => [recipient, kind, action])).toEqual([
      [first, "unknown", "none"],
      [second, "unknown", "none"],
      [third, "only-in-list", "failed"],
      [fourth, "only-in-list", "added"],
    ]);
    expect(differences.map(({ error }) => error?.name)).toEqual([
      "SmsError",
      "SmsError",
      "SmsError",
      undefined,
    ]);
    expect(await ledger.find([first])).toEqual([[]]);
  });

  /** Nothing is said of the first, the second's check fails, and the third cannot be added. */
  function itemsOf({ url, body }: SeenRequest): unknown[] {
    const failing = url.includes("check") ? second : third;
    return body.recipients
      .filter(({ to }) => to !== first)
      .map(({ to }) =>
        to === failing
          ? { to, httpStatusCode: 500, errorMessage: `Try ${to} later` }
          : { to, httpStatusCode: 200, isOptedOut: false },
      );
  }

  it("ends it where the service refuses a request, with how far it came", async () => {
    let requests = 0;
    await using server = await ScriptedServer.start(({ body }) =>
      ++requests > 1
        ? { status: 403, body: { error: { code: "Forbidden", message: "Not for this resource." } } }
        : {
            status: 200,
            body: {
              value: body.recipients.map(({ to }) => ({ to, httpStatusCode: 200, isOptedOut: false })),
            },
          },
    );
    const error = await rejection(
      reconciled({ optOuts: testClient(server).optOuts, recipients: people(150) }),
    );
    expect(error).toMatchObject({
      name: "RestError",
      statusCode: 403,
      report: { checked: 100, inNeither: 100 },
    });
  });

  it("ends it where the store fails: nothing is added by half", async () => {
    const down = new SuppressionList(new ScriptedStore({ find: () => Promise.reject(new Error("down")) }));
    await sms.optOuts.add(from, [second]);
    const error = await rejection(reconciled({ suppression: down }));
    expect(error).toMatchObject({ code: "suppression-unavailable", report: { checked: 0 } });
  });

  it("ends with the signal", async () => {
    const controller = new AbortController();
    const recipients = people(150);
    const onProgress = () => controller.abort("enough");
    const error = await rejection(reconciled({ recipients, onProgress, abortSignal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", cause: "enough", report: { checked: 100 } });
  });
});

describe("options that are wrong", () => {
  it.each([
    [{ optOuts: {} }, "optOuts"],
    [{ suppression: undefined }, "suppression"],
    [{ from: "*" }, "from"],
    [{ from: "" }, "from"],
    [{ recipients: "+14255550101" }, "recipients"],
    [{ recipients: {} }, "recipients"],
    [{ direction: "from" }, "direction"],
    [{ dryRun: 1 }, "dryRun"],
    [{ onDifference: 1 }, "onDifference"],
  ])("are refused: %j", async (options, name) => {
    const error = await rejection(reconciled(wrong(options)));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`Expected \`${name}\``);
    expect(emulator.requests()).toEqual([]);
  });
});

/** Until the clock has moved on. */
async function aMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise((resolve) => setImmediate(resolve));
}
