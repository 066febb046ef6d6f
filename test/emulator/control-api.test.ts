import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import type { EmulatorWebhook } from "../../src/emulator/index.js";
import { controlled, described, expectValid, targetOf, unsigned } from "./control.js";
import { receiving, received, until, validationIn } from "./receiver.js";
import { ann, bob, call, emulated, sendBody, sender, sendItems, texts } from "./wire.js";

const code = "12345";

/** A body for each operation that takes one. */
const bodies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  typeMessage: { to: sender, message: "Hi" },
  putSender: { kind: "short-code" },
  addWebhook: { url: "http://127.0.0.1:9/hook" },
  setFaults: { serverError: { next: 1 } },
  setEventFaults: { isDown: true },
  setClockSpeed: { speed: 0 },
  advanceClock: { milliseconds: 1000 },
};
const parts = { number: code, id: "none" };
/** What would not be answered at once, or at all. */
const phoneOf = (id: string): Record<string, string> => (id === "typeMessage" ? { number: ann } : parts);

describe("GET /_emulator/openapi.json", () => {
  it("is a valid OpenAPI document", async () => {
    const { control } = await controlled();
    const { document } = await described(control);
    expect(document.openapi).toBe("3.1.0");
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document) as unknown as Record<string, unknown>);
    expect(result).toEqual({ valid: true });
  });

  it("has a name of its own for each operation, and a body for those that take one", async () => {
    const { operations } = await described((await controlled()).control);
    const ids = operations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(operations.filter(({ hasBody }) => hasBody).map(({ id }) => id)).toEqual(Object.keys(bodies));
  });

  it("has what is served, and nothing else", async () => {
    const { emulator, control } = await controlled();
    const { operations } = await described(control);
    const nothing = { error: { code: "NotFound", message: "Nothing is served here." } };
    for (const path of new Set(operations.map(({ path }) => path))) {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        const target = targetOf({ id: "", method, path, hasBody: false }, { parts });
        const answer = await control(method, target, method.startsWith("P") ? {} : undefined);
        const isServed = operations.some((one) => one.path === path && one.method === method);
        const isNothing = answer.status === 404 && answer.text === JSON.stringify(nothing);
        expect(isNothing, `${method} ${path}`).toBe(!isServed);
      }
    }
    for (const path of ["/nothing", "/phones", "/webhooks/1/2", "", "/live/1"]) {
      expect(await control("GET", path)).toMatchObject({ status: 404, body: nothing });
    }
    expect(emulator.requests()).toEqual([]);
  });
});

it("every operation answers what the document says, once something has happened", async () => {
  const receiver = await received((request) => {
    const isHandshake = request.headers["aeg-event-type"] === "SubscriptionValidation";
    return { status: isHandshake ? 200 : 400, body: "" };
  });
  const { emulator, control } = await controlled({
    clock: { speed: 0 },
    recipients: [{ number: bob, deliveryStatus: "Failed", attempts: 2 }],
  });
  const api = await described(control);
  const number = { number: ann };
  expect(await api.ask("getDocument")).toMatchObject({ status: 200, body: { openapi: "3.1.0" } });
  expect(await api.ask("getResource")).toMatchObject({
    status: 200,
    body: { endpoint: emulator.endpoint, connectionString: emulator.connectionString },
  });

  const added = await api.ask("addWebhook", {
    body: { url: receiver.url, headers: { "x-secret": "secret" } },
  });
  expect(added).toMatchObject({ status: 201, body: { state: "validating" } });
  const { id } = added.body as EmulatorWebhook;
  await until(() => emulator.webhooks()[0]?.state === "awaiting-manual-action");
  expect(await api.ask("getWebhook", { parts: { id } })).toMatchObject({
    status: 200,
    body: { id, reason: expect.stringContaining("open http") },
  });
  expect(await api.ask("openValidationUrl", { parts: { id } })).toMatchObject({ status: 404 });
  const [url = ""] = receiver.requests.map((request) => validationIn(request).validationUrl);
  const query = { token: new URL(url).searchParams.get("token") ?? "" };
  expect(await api.ask("openValidationUrl", { parts: { id }, query })).toMatchObject({ status: 200 });
  expect(await api.ask("postValidationUrl", { parts: { id }, query })).toMatchObject({ status: 200 });
  expect(await api.ask("listWebhooks")).toMatchObject({ body: { value: [{ id, state: "validated" }] } });

  const typed = await api.ask("typeMessage", { parts: number, body: { to: sender, message: "STOP" } });
  expect(typed).toMatchObject({ status: 201, body: { from: ann, to: sender, message: "STOP" } });
  await sendItems(emulator, {
    smsRecipients: [{ to: ann }, { to: bob }],
    smsSendOptions: { enableDeliveryReport: true, tag: "spring" },
  });
  expect(await api.ask("waitUntilSettled")).toMatchObject({ status: 204, text: "" });
  expect(await api.ask("listPhoneMessages", { parts: number })).toMatchObject({
    status: 200,
    body: { value: [{ from: sender, message: expect.stringContaining("NETWORK MSG") }] },
  });
  expect((await api.ask("listInbound")).body).toEqual({ value: [typed.body] });
  expect(await api.ask("listMessages")).toMatchObject({ body: { value: { length: 4 } } });
  expect(await api.ask("listRequests")).toMatchObject({
    body: { value: [{ path: "/sms", status: 202, signature: "valid" }] },
  });
  expect(await api.ask("listDeliveries")).toMatchObject({
    body: { value: { length: 3, 0: { status: 400 } } },
  });
  expect(await api.ask("listDeadLetters")).toMatchObject({
    body: { value: { length: 3, 0: { reason: "NonRetriableStatus" } } },
  });
  expect(await api.ask("listOptOuts")).toMatchObject({
    body: { value: [{ sender, phone: ann, isBlockedByCarrier: true, isInServiceList: true }] },
  });

  expect(await api.ask("getInsights", { query: { groupBy: "tag,minute" } })).toMatchObject({
    status: 200,
    body: { groupBy: ["tag", "minute"], total: { accepted: 2, failedByCode: { "9999": 1, none: 1 } } },
  });
  expect(await api.ask("getInsightsReport")).toMatchObject({
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8" },
    text: expect.stringContaining("Messages of the emulator"),
  });

  const replies = { optOut: "Bye", help: "Ask us" };
  const sent = { kind: "short-code", country: "US", optOutManagement: "acs", replies };
  const put = await api.ask("putSender", { parts: { number: code }, body: sent });
  expect(put).toMatchObject({ status: 200 });
  expect(put.body).toEqual({ number: code, ...sent });
  expect(await api.ask("listSenders")).toMatchObject({ body: { value: [{ number: sender }, put.body] } });
  expect(await api.ask("removeSender", { parts: { number: code } })).toMatchObject({ status: 204, text: "" });
  expect(await api.ask("removeSender", { parts: { number: code } })).toMatchObject({ status: 404 });

  const faults = { latencyInMs: { least: 0, most: 1 }, dropBefore: { next: 0 }, retryAfterInSeconds: 1 };
  expect(await api.ask("setFaults", { body: faults })).toMatchObject({ status: 200, body: faults });
  expect(await api.ask("getFaults")).toMatchObject({ status: 200, body: faults });
  expect(await api.ask("setEventFaults", { body: { isDown: true } })).toMatchObject({ status: 200 });
  expect(await api.ask("getEventFaults")).toMatchObject({ body: { isDown: true, lose: 0, delayInMs: 0 } });

  const before = emulator.clock.now().getTime();
  expect(await api.ask("getClock")).toMatchObject({ body: { speed: 0 } });
  expect(await api.ask("advanceClock", { body: { milliseconds: 1000 } })).toMatchObject({
    body: { speed: 0, now: new Date(before + 1000).toISOString() },
  });
  expect(await api.ask("setClockSpeed", { body: { speed: 60 } })).toMatchObject({ body: { speed: 60 } });
  expect(emulator.clock.speed).toBe(60);

  expect(await api.ask("removeWebhook", { parts: { id } })).toMatchObject({ status: 204, text: "" });
  expect(await api.ask("reset")).toMatchObject({ status: 204, text: "" });
  expect(emulator.messages()).toEqual([]);
  expect(await api.ask("listMessages")).toMatchObject({ body: { value: [] } });
  // None was left out.
  expect(api.operations.map(({ id }) => id).filter((id) => !api.asked.has(id))).toEqual([]);
});

describe("a body", () => {
  it.each(Object.entries(bodies))("of %s is one that the document allows, and is taken", async (id, body) => {
    const { control } = await controlled();
    const { ask, document } = await described(control);
    expect(await ask(id, { body, parts: phoneOf(id) })).toMatchObject({
      status: expect.toSatisfy((status) => status === 200 || status === 201),
    });
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const { requestBody } = operations.find(({ operationId }) => operationId === id) ?? {};
    const name = requestBody?.content?.["application/json"]?.schema.$ref.split("/").at(-1) ?? "";
    expectValid(body, name, document);
    expect(() => expectValid({ ...body, colour: "red" }, name, document)).toThrow("additional properties");
  });

  it.each(Object.entries(bodies))("of %s is refused with a field that is none", async (id, body) => {
    const { control } = await controlled();
    const { ask } = await described(control);
    const answer = await ask(id, { body: { ...body, colour: "red" }, parts: phoneOf(id) });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error: { code: expect.stringMatching(/^Invalid/), message: expect.stringContaining("colour") },
      },
    });
  });

  it.each(Object.keys(bodies))("of %s is an object", async (id) => {
    const { control } = await controlled();
    const { ask } = await described(control);
    for (const body of [null, [], 1, "text"]) {
      expect(await ask(id, { body, parts: phoneOf(id) })).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringMatching(/^Expected `\w+` to be an object/) } },
      });
    }
  });

  it.each(Object.keys(bodies))("of %s is JSON, and says that it is", async (id) => {
    const { emulator, control } = await controlled();
    const { ask, operations } = await described(control);
    const before = snapshot();
    const operation = operations.find((operation) => operation.id === id);
    const target = operation === undefined ? "" : `/_emulator${targetOf(operation, { parts: phoneOf(id) })}`;
    expect(
      await call(emulator, { method: operation?.method ?? "", target, rawBody: "{", headers: unsigned }),
    ).toMatchObject({ status: 400, body: { error: { code: "InvalidJson" } } });
    const forms = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"];
    for (const type of [...forms, undefined, "application/json-seq"]) {
      const headers = { "Content-Type": type };
      expect(await ask(id, { body: bodies[id], parts: phoneOf(id), headers })).toMatchObject({
        status: 415,
        body: { error: { code: "UnsupportedMediaType" } },
      });
    }
    expect(snapshot()).toEqual(before);

    function snapshot(): unknown {
      const { senders, clock } = emulator;
      return [emulator.messages(), emulator.webhooks(), senders, clock.speed];
    }
  });

  it("may say its character set, in any case", async () => {
    const { control } = await controlled();
    const headers = { "Content-Type": "Application/JSON; charset=utf-8" };
    expect(await control("PUT", "/clock", { speed: 2 }, headers)).toMatchObject({ status: 200 });
  });

  it.each<[id: string, body: unknown, code: string, message: string]>([
    [
      "typeMessage",
      { to: sender },
      "InvalidMessage",
      "Expected `text.message` to be a string, got undefined",
    ],
    [
      "typeMessage",
      { to: bob, message: "Hi" },
      "InvalidMessage",
      "Expected `to` to be one of the emulator's senders",
    ],
    ["putSender", {}, "InvalidSender", "Expected `sender.kind` to be one of"],
    [
      "putSender",
      { kind: "toll-free" },
      "InvalidSender",
      "Expected `sender.number` to be a phone number in E.164",
    ],
    ["putSender", { kind: "short-code", number: code }, "InvalidSender", "to be an object without number"],
    ["putSender", { kind: "short-code", replies: { optOut: 1 } }, "InvalidSender", "`sender.replies.optOut`"],
    ["addWebhook", {}, "InvalidWebhook", "Expected `webhook.url` to be an http or https URL, got undefined"],
    [
      "setFaults",
      { serverError: 2 },
      "InvalidFaults",
      "Expected `faults.serverError` to be a number from 0 to 1",
    ],
    [
      "setEventFaults",
      { lose: -1 },
      "InvalidFaults",
      "Expected `faults.lose` to be a number from 0 to 1, got -1",
    ],
    [
      "setClockSpeed",
      { speed: -1 },
      "InvalidClock",
      "Expected `clock.speed` to be a number from 0 to 1000000",
    ],
    ["setClockSpeed", {}, "InvalidClock", "Expected `clock.speed` to be a number from 0 to 1000000"],
    [
      "advanceClock",
      { milliseconds: -1 },
      "InvalidClock",
      "Expected `step.milliseconds` to be a number from 0",
    ],
  ])("of %s is refused: %j", async (id, body, code, message) => {
    const { control } = await controlled();
    const { ask } = await described(control);
    expect(await ask(id, { body, parts: phoneOf(id) })).toMatchObject({
      status: 400,
      body: { error: { code, message: expect.stringContaining(message) } },
    });
  });
});

describe("the control API", () => {
  it("is for this machine's own names, and for no page of another origin", async () => {
    const { emulator, control } = await controlled();
    const get = (headers: Record<string, string>) => control("GET", "/webhooks", undefined, headers);
    const { host, port } = new URL(emulator.endpoint);
    for (const name of ["localhost", `localhost:${port}`, host, `[::1]:${port}`]) {
      expect(await get({ Host: name })).toMatchObject({ status: 200 });
    }
    expect(await get({ Origin: `http://${host}` })).toMatchObject({ status: 200 });
    for (const Host of ["evil.example", `localhost.evil.example:${port}`, "127.0.0.1.evil.example"]) {
      expect(await get({ Host })).toMatchObject({ status: 403, body: { error: { code: "Forbidden" } } });
    }
    for (const Origin of ["https://evil.example", "null", `http://localhost:${port}`]) {
      expect(await get({ Origin })).toMatchObject({ status: 403 });
    }
  });

  it("refuses other pages and other names in every operation, and does nothing for them", async () => {
    const { emulator, control } = await controlled();
    await sendItems(emulator);
    const { operations, ask } = await described(control);
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    for (const { id } of operations) {
      for (const headers of [
        { Origin: "https://evil.example" },
        { Origin: "null", ...form },
        { Host: "evil.example" },
      ]) {
        const answer = await ask(id, { parts: phoneOf(id), body: bodies[id], headers });
        expect(answer, id).toMatchObject({ status: 403, body: { error: { code: "Forbidden" } } });
        expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
      }
    }
    expect(emulator.messages()).toHaveLength(1);
    expect(emulator.senders).toHaveLength(1);
    expect(emulator.webhooks()).toEqual([]);
  });

  it.each(["+14255550101", "%2B14255550101", "%2b14255550101"])(
    "reads a number in a path: %s",
    async (number) => {
      const { emulator, control } = await controlled();
      const body = { to: sender, message: "Hi" };
      expect(await control("POST", `/phones/${number}/messages`, body)).toMatchObject({
        status: 201,
        body: { from: ann },
      });
      await sendItems(emulator);
      expect(await control("GET", `/phones/${number}/messages`)).toMatchObject({
        body: { value: [{ message: "Hello" }] },
      });
      expect(await control("PUT", `/senders/${number}`, { kind: "10dlc" })).toMatchObject({
        status: 200,
        body: { number: ann, kind: "10dlc" },
      });
      expect(await control("DELETE", `/senders/${number}`)).toMatchObject({ status: 204 });
    },
  );

  it("reads a sender's id with a space in it", async () => {
    const { emulator, control } = await controlled();
    expect(await control("PUT", "/senders/MY%20SHOP", { kind: "alphanumeric" })).toMatchObject({
      status: 200,
    });
    expect(emulator.senders.at(-1)).toEqual({ number: "MY SHOP", kind: "alphanumeric" });
  });

  it.each(["12345", "4255550101", "%ZZ", "+1425555010x"])(
    "knows no phone with the number %s",
    async (number) => {
      const { control } = await controlled();
      for (const query of ["", "?waitInMs=10"]) {
        expect(await control("GET", `/phones/${number}/messages${query}`)).toMatchObject({
          status: 400,
          body: { error: { code: "InvalidParameter", message: expect.stringContaining("E.164") } },
        });
      }
    },
  );
});

describe("waiting for a message", () => {
  it("ends with the message", async () => {
    const { emulator, control } = await controlled();
    const waiting = control("GET", "/phones/%2B14255550101/messages?waitInMs=600000&match=code");
    const other = control("GET", "/phones/%2B14255550101/messages?waitInMs=600000");
    await sendItems(emulator, { message: "Welcome" });
    expect(await other).toMatchObject({ body: { value: [{ message: "Welcome" }] } });
    await sendItems(emulator, { message: "Your code" });
    const { status, body } = await waiting;
    expect(status).toBe(200);
    expect(body).toMatchObject({ value: [{ from: sender, message: "Your code" }] });
    expect(body).toMatchObject({ value: { length: 1 } });
  });

  it("ends at once with what is there", async () => {
    const { emulator, control } = await controlled();
    await sendItems(emulator);
    for (const query of ["", "?waitInMs=600000", "?waitInMs=0", "?match=ell"]) {
      const { body } = await control("GET", `/phones/%2B14255550101/messages${query}`);
      expect(body).toMatchObject({ value: [{ message: "Hello" }] });
    }
  });

  it("ends with an empty list when the time is up", async () => {
    const { emulator, control } = await controlled();
    await sendItems(emulator);
    const answer = await control("GET", "/phones/%2B14255550101/messages?waitInMs=20&match=code");
    expect(answer).toMatchObject({ status: 200, body: { value: [] } });
  });

  it.each(["-1", "600001", "1.5", "soon", "", "1e3"])("takes no time of %j", async (waitInMs) => {
    const { control } = await controlled();
    const { ask } = await described(control);
    const answer = await ask("listPhoneMessages", { parts: { number: ann }, query: { waitInMs } });
    const message = `Expected \`waitInMs\` to be an integer from 0 to 600000, got ${JSON.stringify(waitInMs)}`;
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "InvalidParameter", message } } });
  });
});

it("waiting until all is settled ends when it is", async () => {
  const receiver = await receiving();
  const { emulator, control } = await controlled({
    clock: { speed: 0 },
    deliveryDelayInMs: 1000,
    webhooks: [{ url: receiver.url }],
  });
  await emulator.eventsSettled();
  await sendItems(emulator, { smsSendOptions: { enableDeliveryReport: true } });
  let isSettled = false;
  const settled = control("GET", "/settled").then((answer) => {
    isSettled = true;
    return answer;
  });
  // Another request over a connection made later is answered meanwhile.
  expect(await control("POST", "/clock/advance", { milliseconds: 999 })).toMatchObject({ status: 200 });
  expect(isSettled).toBe(false);
  await control("POST", "/clock/advance", { milliseconds: 1 });
  expect(await settled).toMatchObject({ status: 204 });
  expect(texts(emulator, ann)).toEqual(["Hello"]);
  expect(receiver.events()).toHaveLength(1);
});

it("a reset by the control API is the emulator's", async () => {
  const { emulator, control } = await controlled({ clock: { speed: 0 }, deliveryDelayInMs: 1000 });
  await sendItems(emulator);
  emulator.putSender({ number: code, kind: "short-code" });
  expect(await control("POST", "/reset")).toMatchObject({ status: 204, text: "" });
  expect(await control("GET", "/settled")).toMatchObject({ status: 204 });
  emulator.clock.advance(1000);
  expect(emulator.messages()).toEqual([]);
  expect(emulator.requests()).toEqual([]);
  expect(emulator.senders).toHaveLength(2);
});

it("the control API stays out of the request log, and no fault hits it", async () => {
  const emulator = await emulated({ faults: { dropBefore: 1 } });
  const target = "/_emulator/clock";
  expect(await call(emulator, { method: "GET", target, headers: unsigned })).toMatchObject({ status: 200 });
  expect(emulator.requests()).toEqual([]);
  const send = call(emulator, { target: "/sms?api-version=2026-01-23", body: sendBody() });
  await expect(send).rejects.toMatchObject({ code: "ECONNRESET" });
});
