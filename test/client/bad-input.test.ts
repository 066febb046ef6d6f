import type { PipelinePolicy } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";

import { SmsClient } from "../../src/client/sms-client.js";
import type { SmsSendOptions, SmsSendRequest } from "../../src/client/send-request.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import type { SuppressionStore } from "../../src/suppression/suppression-store.js";
import { canary } from "../support/canary.js";
import { people, person, rejection, sender, testClient, text } from "../support/clients.js";
import { accepted, ScriptedServer, type Answer } from "../support/scripted-server.js";

const request = { from: sender, to: [person], message: text };

describe("malformed arguments are refused, and nothing is sent", () => {
  it.each<[string, unknown, unknown, string]>([
    [
      "no recipients",
      { to: [] },
      {},
      "Expected `to` to be a list of one or more phone numbers, got an empty array.",
    ],
    ["recipients that are no list", { to: person }, {}, "`to`"],
    [
      "a recipient that is no string",
      { to: [person, 42] },
      {},
      "Expected `to[1]` to be a string, got 42 (number).",
    ],
    [
      "an empty message",
      { message: "" },
      {},
      "Expected `message` to be a non-empty string, got an empty string.",
    ],
    ["a message that is no string", { message: 5 }, {}, "`message`"],
    ["a message too long", { message: "x".repeat(2049) }, {}, "`message` to be at most 2048 characters"],
    ["a sender that is none", { from: "not a sender at all" }, {}, "`from`"],
    ["no sender", { from: undefined }, {}, "`from`"],
    ["a timeout too short", {}, { deliveryReportTimeoutInSeconds: 59 }, "`deliveryReportTimeoutInSeconds`"],
    ["a timeout too long", {}, { deliveryReportTimeoutInSeconds: 43_201 }, "from 60 to 43200, got 43201"],
    ["a timeout that is no whole number", {}, { deliveryReportTimeoutInSeconds: 60.5 }, "whole number"],
    [
      "a timeout that is no number",
      {},
      { deliveryReportTimeoutInSeconds: "60" },
      "`deliveryReportTimeoutInSeconds`",
    ],
    ["a tag that is no string", {}, { tag: 7 }, "`tag`"],
    ["a flag that is no boolean", {}, { enableDeliveryReport: "yes" }, "`enableDeliveryReport`"],
    [
      "a partner without parameters",
      {},
      { messagingConnect: { partner: "p", partnerParams: {} } },
      "partnerParams",
    ],
    ["a partner without a name", {}, { messagingConnect: { apiKey: "k" } }, "`messagingConnect.partner`"],
    ["an empty idempotency key", {}, { idempotency: { key: "" } }, "`idempotency.key`"],
    [
      "an invalid first time",
      {},
      { idempotency: { key: "k", firstSentAt: new Date(Number.NaN) } },
      "firstSentAt",
    ],
    [
      "a repeat that is no boolean",
      {},
      { idempotency: { key: "k", firstSentAt: new Date(), isRepeat: 1 } },
      "`idempotency.isRepeat`",
    ],
    [
      "a first time ahead",
      {},
      { idempotency: { key: "k", firstSentAt: new Date("2999-01-01") } },
      "in the past",
    ],
  ])("%s", async (_name, change, options, message) => {
    await using server = await ScriptedServer.start(accepted);
    const malformed = { ...request, ...(change as Partial<SmsSendRequest>) };
    const error = await rejection(testClient(server).send(malformed, options as SmsSendOptions));
    expect(error.message).toContain(message);
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
    expect(server.requests).toHaveLength(0);
  });

  it("http without allowInsecureConnection, unless one call allows it", async () => {
    await using server = await ScriptedServer.start(accepted);
    const sms = testClient(server, { allowInsecureConnection: false });
    expect((await rejection(sms.send(request))).message).toContain("allowInsecureConnection");
    expect((await rejection(sms.optOuts.check(sender, [person]))).message).toContain(
      "allowInsecureConnection",
    );
    expect((await rejection(sms.getDeliveryReport("id"))).message).toContain("allowInsecureConnection");
    expect(server.requests).toHaveLength(0);
    await sms.send(request, { requestOptions: { allowInsecureConnection: true } });
    expect(server.requests).toHaveLength(1);
  });

  it("a token over http, whatever is allowed", async () => {
    await using server = await ScriptedServer.start(accepted);
    const credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) };
    const sms = new SmsClient(server.endpoint, credential, { allowInsecureConnection: true });
    expect((await rejection(sms.send(request))).message).toContain("a token is never sent over http");
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    [
      { suppression: { find: async () => [], record: async () => [] } },
      "`suppression` to be a SuppressionList",
    ],
    [{ observers: [{}] }, "`observers`"],
    [{ defaultCountry: "usa" }, "`defaultCountry`"],
    [{ repeatabilityWindowInSeconds: Number.NaN }, "`repeatabilityWindowInSeconds`"],
  ])("options of the client (%#)", (options, message) => {
    const create = () => testClient({ endpoint: "http://127.0.0.1" }, options as never);
    expect(create).toThrow(message);
  });
});

describe("a store that gives no clear answer stops the send", () => {
  const hangs = async (): Promise<never> => new Promise(() => {});
  it.each<[string, SuppressionStore["find"]]>([
    ["rejects", async () => Promise.reject(new Error(`no route to ${person}`))],
    [
      "throws",
      () => {
        throw new Error("out of order");
      },
    ],
    ["hangs", hangs],
    ["answers nothing", async () => undefined as never],
    ["answers too few", async () => []],
    ["answers too many", async () => [[], []]],
    ["answers something else", async () => [{ suppressed: false }] as never],
    [
      "answers entries without a date",
      async () => [[{ sender, recipient: person, state: "opted-in" }]] as never,
    ],
  ])("%s", async (_name, find) => {
    await using server = await ScriptedServer.start(accepted);
    const store: SuppressionStore = { find, record: async () => [] };
    const suppression = new SuppressionList(store, { storeTimeoutInSeconds: 0.05 });
    const error = await rejection(testClient(server, { suppression }).send(request));
    expect(error).toMatchObject({ name: "SmsError", code: "suppression-unavailable" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    expect(server.requests).toHaveLength(0);
  });

  it("hangs past the caller's abort", async () => {
    await using server = await ScriptedServer.start(accepted);
    const suppression = new SuppressionList({ find: hangs, record: hangs });
    const abortSignal = AbortSignal.timeout(30);
    const error = await rejection(testClient(server, { suppression }).send(request, { abortSignal }));
    expect(error).toMatchObject({ name: "AbortError", code: "aborted" });
    expect(server.requests).toHaveLength(0);
  });

  it("leaves what was not begun unsent, and does not ask again for it", async () => {
    let asked = 0;
    await using server = await ScriptedServer.start(accepted);
    const find = async (): Promise<never> => {
      asked += 1;
      throw new Error("down");
    };
    const suppression = new SuppressionList({ find, record: hangs });
    const error = await rejection(testClient(server, { suppression }).send({ ...request, to: people(3000) }));
    expect(error.results).toHaveLength(3000);
    expect(new Set(error.results?.map(({ status }) => status))).toEqual(new Set(["unsent"]));
    expect(asked).toBeLessThanOrEqual(5);
  });
});

describe("an abort", () => {
  it("before the first request sends nothing", async () => {
    await using server = await ScriptedServer.start(accepted);
    const error = await rejection(testClient(server).send(request, { abortSignal: AbortSignal.abort("no") }));
    expect(error).toMatchObject({ name: "AbortError", cause: "no" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    expect(server.requests).toHaveLength(0);
  });

  it("is taken from the signals of older Azure SDKs too, and leaves no listener there", async () => {
    await using server = await ScriptedServer.start(() => ({ hang: true }));
    const listeners = new Set<() => void>();
    const like = {
      aborted: false,
      addEventListener: (_type: "abort", listener: unknown) => void listeners.add(listener as () => void),
      removeEventListener: (_type: "abort", listener: unknown) =>
        void listeners.delete(listener as () => void),
    };
    const sending = rejection(testClient(server).send(request, { abortSignal: like }));
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const listener of listeners) listener();
    const error = await sending;
    expect(error).toMatchObject({ name: "AbortError" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unknown"]);
    expect(listeners.size).toBe(0);
  });
});

describe("a wrong key", () => {
  it("is the service's 401, and no further requests are begun for it", async () => {
    await using server = await ScriptedServer.start(() => ({
      status: 401,
      body: { error: { code: "Unauthorized", message: "" } },
    }));
    const error = await rejection(testClient(server).send({ ...request, to: people(2000) }));
    expect(error).toMatchObject({ name: "RestError", statusCode: 401, code: "Unauthorized" });
    expect(error.message).toContain("check the access key");
    expect(error.message).not.toContain(canary.accessKey);
    expect(error.results).toHaveLength(2000);
    expect(server.requests.length).toBeLessThanOrEqual(5);
  });
});

describe("what befalls the second of three requests is its recipients' alone", () => {
  const to = people(300);
  const second = to.slice(100, 200);

  async function sendThree(
    answer: (seen: Parameters<typeof accepted>[0]) => Answer,
  ): Promise<Map<string, string>> {
    await using server = await ScriptedServer.start((seen) =>
      seen.body.smsRecipients[0]?.to === second[0] ? answer(seen) : accepted(seen),
    );
    const results = await testClient(server).send({ ...request, to });
    expect(results.map((result) => result.to)).toEqual(to);
    return new Map(results.map((result) => [result.to, result.status]));
  }

  function expectOthersAccepted(statuses: Map<string, string>): void {
    for (const number of [...to.slice(0, 100), ...to.slice(200)])
      expect(statuses.get(number)).toBe("accepted");
  }

  it.each<[string, Answer, string]>([
    ["an answer that is no JSON", { status: 202, body: "<html>" }, "unknown"],
    ["an empty answer", { status: 202 }, "unknown"],
    ["an answer without a list", { status: 202, body: { value: "none" } }, "unknown"],
    ["a 401", { status: 401, body: { error: { code: "Denied", message: "" } } }, "unsent"],
    ["a 400", { status: 400, body: { From: ["Invalid from phone number format."] } }, "unsent"],
    ["a dropped connection, each time", { drop: true }, "unknown"],
  ])("%s", async (_name, answer, status) => {
    const statuses = await sendThree(() => answer);
    expectOthersAccepted(statuses);
    expect(new Set(second.map((number) => statuses.get(number)))).toEqual(new Set([status]));
  });

  it("an error that has a number in it and no message", async () => {
    const sendRequest: PipelinePolicy["sendRequest"] = async (wire, next) => {
      if (typeof wire.body !== "string" || !wire.body.includes(`"${second[0]}"`)) return next(wire);
      throw Object.assign(new Error(), { message: undefined, about: person });
    };
    const additionalPolicies = [{ policy: { name: "failing", sendRequest }, position: "perRetry" }] as const;
    await using server = await ScriptedServer.start(accepted);
    const sms = testClient(server, { additionalPolicies: [...additionalPolicies] });
    const results = await sms.send({ ...request, to });
    const statuses = new Map(results.map((result) => [result.to, result.status]));
    expectOthersAccepted(statuses);
    expect(new Set(second.map((number) => statuses.get(number)))).toEqual(new Set(["unsent"]));
  });

  it("an abort", async () => {
    const controller = new AbortController();
    let answered = 0;
    await using server = await ScriptedServer.start(async (seen) => {
      if (seen.body.smsRecipients[0]?.to === second[0]) return { hang: true };
      answered += 1;
      if (answered === 2) setTimeout(() => controller.abort(), 50);
      return accepted(seen);
    });
    const results = await testClient(server).send({ ...request, to }, { abortSignal: controller.signal });
    const statuses = new Map(results.map((result) => [result.to, result.status]));
    expectOthersAccepted(statuses);
    expect(new Set(second.map((number) => statuses.get(number)))).toEqual(new Set(["unknown"]));
  });

  it("an answer in another order", async () => {
    const statuses = await sendThree((seen) => {
      const { value } = accepted(seen).body as { value: { to: string; messageId: string }[] };
      return { status: 202, body: { value: value.toReversed() } };
    });
    expectOthersAccepted(statuses);
    expect(new Set(second.map((number) => statuses.get(number)))).toEqual(new Set(["accepted"]));
  });

  it("an answer with fewer items than were sent", async () => {
    const missing = second[7] ?? "";
    const statuses = await sendThree((seen) => {
      const { value } = accepted(seen).body as { value: { to: string }[] };
      return { status: 202, body: { value: value.filter((item) => item.to !== missing) } };
    });
    expectOthersAccepted(statuses);
    expect(statuses.get(missing)).toBe("unknown");
    expect(second.filter((number) => statuses.get(number) === "accepted")).toHaveLength(99);
  });
});
