import { describe, expect, it } from "vitest";
import type { EmulatorWebhook } from "../../src/emulator/index.js";
import { receiving, until } from "./receiver.js";
import { ann, call, emulated, sender, type WireAnswer } from "./wire.js";

/** No signature is needed, so none is sent. */
const unsigned = { Authorization: undefined, "x-ms-date": undefined, "x-ms-content-sha256": undefined };

const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`x${index}`, "1"]));

type Control = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string | undefined>,
) => Promise<WireAnswer>;

async function controlled() {
  const emulator = await emulated();
  const control: Control = (method, path, body, headers = {}) =>
    call(emulator, { method, target: `/_emulator${path}`, body, headers: { ...unsigned, ...headers } });
  return { emulator, control };
}

describe("/_emulator/webhooks", () => {
  it("adds a webhook, lists it and removes it", async () => {
    const receiver = await receiving();
    const { emulator, control } = await controlled();
    const headers = { "x-secret": "secret" };
    const added = await control("POST", "/webhooks", { url: receiver.url, schema: "cloud-events", headers });
    expect(added).toMatchObject({ status: 201, body: { state: "validating", schema: "cloud-events" } });
    const { id } = added.body as EmulatorWebhook;
    expect(added.headers.location).toBe(`/_emulator/webhooks/${id}`);
    await emulator.eventsSettled();
    const list = await control("GET", "/webhooks");
    expect(list).toMatchObject({ status: 200, body: { value: [{ id, state: "validated" }] } });
    expect(list.body).toEqual({ value: emulator.webhooks() });
    expect(list.text).not.toContain("secret");
    expect(await control("GET", `/webhooks/${id}`)).toMatchObject({ status: 200, body: { id } });
    expect(await control("DELETE", `/webhooks/${id}`)).toMatchObject({ status: 204, text: "" });
    expect(emulator.webhooks()).toEqual([]);
    for (const method of ["GET", "DELETE"]) {
      expect(await control(method, `/webhooks/${id}`)).toMatchObject({
        status: 404,
        body: { error: { code: "NotFound", message: "There is no webhook with this id." } },
      });
    }
  });

  it.each<[unknown, string]>([
    [{}, "Expected `webhook.url` to be an http or https URL, got undefined"],
    [[], "Expected `webhook` to be an object, got an empty array"],
    [
      { url: "ftp://localhost/?code=secret" },
      "Expected `webhook.url` to be an http or https URL, got 28 characters that are not",
    ],
    [
      { url: "http://localhost", schema: "xml" },
      'Expected `webhook.schema` to be one of event-grid, cloud-events, got "xml"',
    ],
    [
      { url: "http://localhost", eventTypes: ["SMSReceived"] },
      "Expected `webhook.eventTypes[0]` to be one of Microsoft.Communication.SMSReceived, " +
        'Microsoft.Communication.SMSDeliveryReportReceived, got "SMSReceived"',
    ],
    [
      { url: "http://localhost", eventTypes: [] },
      "Expected `webhook.eventTypes` to be an array of at least one event type, got an empty array",
    ],
    [
      { url: "http://localhost", headers: { "x-secret": "a\r\nb" } },
      "Expected `webhook.headers.x-secret` to be a header value of at most 4096 characters, " +
        "got 4 characters that are not",
    ],
    [
      { url: "http://localhost", headers: { "AEG-event-type": "x" } },
      "Expected `webhook.headers` to be without headers that Event Grid sets itself (aeg-…, Content-Type, …) " +
        "and with valid names, got a value of type object",
    ],
    [
      {
        url: "http://localhost",
        headers: eleven,
      },
      "Expected `webhook.headers` to be an object of at most 10 headers, got a value of type object",
    ],
    [
      { url: "http://localhost", uri: 1 },
      "Expected `webhook` to be an object without uri, got a value of type object",
    ],
  ])("refuses %j", async (body, message) => {
    const { emulator, control } = await controlled();
    expect(await control("POST", "/webhooks", body)).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidWebhook", message } },
    });
    // @ts-expect-error -- A caller without types.
    await expect(emulator.addWebhook(body)).rejects.toThrow(message);
    expect(emulator.webhooks()).toEqual([]);
  });

  it("wants JSON, and says that it is JSON", async () => {
    const { emulator, control } = await controlled();
    const target = "/_emulator/webhooks";
    expect(await call(emulator, { target, rawBody: "{", headers: unsigned })).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidJson" } },
    });
    const url = { url: "http://localhost" };
    for (const type of ["text/plain", undefined, "application/json-seq"]) {
      expect(await control("POST", "/webhooks", url, { "Content-Type": type })).toMatchObject({
        status: 415,
      });
    }
    expect(emulator.webhooks()).toEqual([]);
  });
});

describe("/_emulator/dead-letters", () => {
  it("lists what was given up", async () => {
    const receiver = await receiving(() => ({ status: 400 }));
    const { emulator, control } = await controlled();
    await emulator.addWebhook({ url: receiver.url });
    expect(await control("GET", "/dead-letters")).toMatchObject({ status: 200, body: { value: [] } });
    emulator.phone(ann).send("Hi", { to: sender });
    await until(() => emulator.deadLetters().length === 1);
    const { body } = await control("GET", "/dead-letters");
    expect(body).toEqual({ value: JSON.parse(JSON.stringify(emulator.deadLetters())) as unknown });
    expect(body).toMatchObject({
      value: [{ reason: "NonRetriableStatus", event: { data: { message: "Hi" } } }],
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

  it("serves nothing else, and stays out of the request log", async () => {
    const { emulator, control } = await controlled();
    expect(await control("GET", "/nothing")).toMatchObject({
      status: 404,
      body: { error: { code: "NotFound" } },
    });
    expect(await control("PUT", "/webhooks", {})).toMatchObject({ status: 404 });
    expect(await control("GET", "/eventsubscriptions/1/validate?token=1")).toMatchObject({ status: 404 });
    expect(emulator.requests()).toEqual([]);
  });
});
