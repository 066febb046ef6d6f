import { describe, expect, it } from "vitest";
import type { EmulatorWebhook } from "../../src/emulator/index.js";
import { controlled } from "./control.js";
import { receiving, until } from "./receiver.js";
import { ann, sender } from "./wire.js";

const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`x${index}`, "1"]));

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
