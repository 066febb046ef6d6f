import { describe, expect, it, vi } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { Journal } from "../../src/emulator/journal/journal.js";
import { canary } from "../support/canary.js";
import { watching } from "./live-stream.js";
import { receiving, until } from "./receiver.js";
import { ann, bob, call, emulated, sender, sendBody, sendItems } from "./wire.js";

const still = { speed: 0 };
const tollFree = { number: sender, kind: "toll-free" };
const code = { number: "12345", kind: "short-code" } as const;

describe("GET /_emulator/live", () => {
  it("tells first what there is", async () => {
    const receiver = await receiving();
    const emulator = await emulated({ clock: still, webhooks: [{ url: receiver.url }] });
    await emulator.eventsSettled();
    emulator.phone(bob).send("STOP", { to: sender });
    await sendItems(emulator);
    await emulator.eventsSettled();
    const reader = await watching(emulator);
    expect(reader.response.headers["content-type"]).toBe("text/event-stream");
    const state = await reader.state();
    expect(Object.keys(state).toSorted()).toEqual([
      "clock",
      "connectionString",
      "deadLetters",
      "deliveries",
      "endpoint",
      "faults",
      "messages",
      "optOuts",
      "requests",
      "senders",
      "webhooks",
    ]);
    expect(state).toMatchObject({
      endpoint: emulator.endpoint,
      connectionString: emulator.connectionString,
      senders: [tollFree],
      webhooks: JSON.parse(JSON.stringify(emulator.webhooks())) as unknown,
      faults: { requests: { serverError: 0 }, events: { isDown: false } },
      clock: { now: emulator.clock.now().toISOString(), speed: 0 },
      optOuts: [{ sender, phone: bob, isBlockedByCarrier: true, isInServiceList: true }],
      requests: [{ number: expect.any(Number), path: "/sms", status: 202 }],
      deliveries: [{ status: 200, event: { data: { message: "STOP" } } }],
      deadLetters: [],
    });
    expect(state.messages).toEqual(JSON.parse(JSON.stringify(emulator.messages())) as unknown);
    expect(reader.told()).toHaveLength(1);
  });

  it("tells the newest 2,000 messages", async () => {
    const emulator = await emulated();
    for (let number = 0; number < 2001; number += 1) {
      emulator.phone(ann).send(String(number), { to: sender });
    }
    const { messages } = await (await watching(emulator)).state();
    expect(messages).toHaveLength(2000);
    expect(messages.at(-1)).toMatchObject({ message: "2000" });
  });

  it("tells a message with each step that it takes", async () => {
    const emulator = await emulated({ clock: still, deliveryDelayInMs: 1000 });
    const reader = await watching(emulator);
    await reader.state();
    await sendItems(emulator, { smsRecipients: [{ to: ann }, { to: bob }] });
    emulator.phone(bob).send("STOP", { to: sender });
    emulator.clock.advance(1000);
    await reader.change(({ topic }) => topic === "clock");
    const steps = reader
      .changes("message")
      .map(({ value }) => value as { kind: string; phone: string; state: string })
      .map(({ kind, phone, state }) => [kind, phone, state]);
    expect(steps).toEqual([
      ["outbound", ann, "under-way"],
      ["outbound", bob, "under-way"],
      ["inbound", bob, "delivered"],
      ["outbound", ann, "delivered"],
      ["outbound", bob, "blocked"],
      ["notice", bob, "delivered"],
    ]);
  });

  it("tells requests with headers, body and answer", async () => {
    const emulator = await emulated();
    const reader = await watching(emulator);
    await reader.state();
    const headers = { "x-ms-client-request-id": "client id" };
    const answer = await call(emulator, {
      target: "/sms?api-version=2026-01-23",
      body: sendBody({ message: canary.text }),
      headers,
    });
    await call(emulator, { target: "/sms?api-version=2026-01-23", rawBody: "{" });
    emulator.setFaults({ dropBefore: 1 });
    await call(emulator, { method: "GET", target: "/deliveryReports/x?api-version=2026-01-23" }).catch(
      () => undefined,
    );
    await until(() => reader.changes("request").length === 3);
    expect(reader.changes("request").map(({ value }) => value)).toMatchObject([
      {
        number: 1,
        method: "POST",
        path: "/sms",
        apiVersion: "2026-01-23",
        status: 202,
        signature: "valid",
        recipients: 1,
        headers,
        body: JSON.stringify(sendBody({ message: canary.text })),
        answer: answer.text,
      },
      { number: 2, status: 400, body: "{" },
      { number: 3, method: "GET", status: 0, fault: "dropBefore", body: "", answer: "" },
    ]);
  });

  it("tells deliveries and dead letters", async () => {
    const receiver = await receiving(() => ({ status: 400, body: "Not me" }));
    const emulator = await emulated({ webhooks: [{ url: receiver.url, schema: "cloud-events" }] });
    await emulator.eventsSettled();
    const reader = await watching(emulator);
    await reader.state();
    emulator.phone(ann).send(canary.text, { to: sender });
    await reader.change(({ topic }) => topic === "dead-letter");
    const event = { specversion: "1.0", data: { message: canary.text } };
    expect(reader.changes().map(({ topic }) => topic)).toEqual(["message", "delivery", "dead-letter"]);
    expect(reader.changes("delivery")).toMatchObject([
      { value: { attempt: 1, status: 400, answer: "Not me", event } },
    ]);
    expect(reader.changes("dead-letter")).toMatchObject([{ value: { reason: "NonRetriableStatus", event } }]);
  });

  it("tells opt-outs, of either list", async () => {
    const emulator = await emulated();
    const reader = await watching(emulator);
    await reader.state();
    const body = { from: sender, recipients: [{ to: ann }] };
    const change = (verb: string) =>
      call(emulator, { target: `/sms/optouts:${verb}?api-version=2026-01-23`, body });
    await change("add");
    emulator.phone(ann).send("STOP", { to: sender });
    emulator.phone(ann).send("START", { to: sender });
    emulator.setFaults({});
    await reader.change(({ topic }) => topic === "faults");
    const pair = { sender, phone: ann };
    expect(reader.changes("opt-out").map(({ value }) => value)).toEqual([
      { ...pair, isBlockedByCarrier: false, isInServiceList: true },
      { ...pair, isBlockedByCarrier: true, isInServiceList: true },
      { ...pair, isBlockedByCarrier: false, isInServiceList: true },
      { ...pair, isBlockedByCarrier: false, isInServiceList: false },
    ]);
  });

  it("tells senders, webhooks, faults and the clock, in the order in which they were changed", async () => {
    const receiver = await receiving();
    const emulator = await emulated({ clock: still });
    const reader = await watching(emulator);
    await reader.state();
    emulator.putSender(code);
    emulator.removeSender("12345");
    emulator.setFaults({ serverError: { next: 1 } });
    await call(emulator, { target: "/sms?api-version=2026-01-23", body: sendBody() });
    emulator.setEventFaults({ isDown: true });
    emulator.clock.setSpeed(2);
    emulator.clock.setSpeed(0);
    emulator.clock.advance(1000);
    emulator.setEventFaults({});
    const { id } = await emulator.addWebhook({ url: receiver.url });
    emulator.removeWebhook(id);
    const isLast = ({ topic, value }: { topic: string; value: unknown }): boolean =>
      topic === "webhooks" && (value as readonly unknown[]).length === 0;
    await reader.change(isLast);
    expect(reader.changes()).toMatchObject([
      { topic: "senders", value: [tollFree, code] },
      { topic: "senders", value: [tollFree] },
      { topic: "faults", value: { requests: { serverError: { next: 1 } }, events: { isDown: false } } },
      // A burst counts down.
      { topic: "faults", value: { requests: { serverError: { next: 0 } } } },
      { topic: "request", value: { status: 503 } },
      { topic: "faults", value: { events: { isDown: true } } },
      { topic: "clock", value: { speed: 2 } },
      { topic: "clock", value: { speed: 0 } },
      { topic: "clock", value: { speed: 0, now: emulator.clock.now().toISOString() } },
      { topic: "faults", value: { events: { isDown: false } } },
      { topic: "webhooks", value: [{ id, state: "validating" }] },
      { topic: "webhooks", value: [{ id, state: "validated" }] },
      { topic: "webhooks", value: [] },
    ]);
  });

  it("tells the whole state again after a reset, and nothing that was forgotten", async () => {
    const emulator = await emulated();
    const reader = await watching(emulator);
    await reader.state();
    emulator.phone(ann).send("forgotten", { to: sender });
    emulator.reset();
    emulator.phone(ann).send("kept", { to: sender });
    expect(await reader.state(2)).toMatchObject({ messages: [{ message: "kept" }] });
    expect(reader.text()).not.toContain("forgotten");
    emulator.phone(ann).send("next", { to: sender });
    await reader.change(({ topic }) => topic === "message");
    expect(reader.changes()).toMatchObject([{ topic: "message", value: { message: "next" } }]);
  });

  it("tells the whole state again to a reader that is more than 5,000 changes behind", async () => {
    const emulator = await emulated();
    const reader = await watching(emulator);
    await reader.state();
    const send = (count: number): void => {
      for (let number = 0; number < count; number += 1) emulator.phone(ann).send("Hi", { to: sender });
    };
    send(5000);
    await reader.change(() => true);
    expect(reader.changes()).toHaveLength(5000);
    send(5001);
    expect((await reader.state(2)).messages).toHaveLength(2000);
    expect(reader.changes()).toHaveLength(5000);
  });

  it("tells all readers the same", async () => {
    const emulator = await emulated();
    const readers = await Promise.all([watching(emulator), watching(emulator), watching(emulator)]);
    for (const reader of readers) await reader.state();
    emulator.phone(ann).send("one", { to: sender });
    const late = await watching(emulator);
    await late.state();
    emulator.phone(ann).send("two", { to: sender });
    const isTwo = ({ value }: { value: unknown }): boolean =>
      (value as { message?: string }).message === "two";
    for (const reader of [...readers, late]) await reader.change(isTwo);
    for (const reader of readers) expect(reader.changes()).toEqual(readers[0]?.changes());
    expect(readers[0]?.changes()).toMatchObject([
      { value: { message: "one" } },
      { value: { message: "two" } },
    ]);
    expect(late.changes()).toMatchObject([{ value: { message: "two" } }]);
  });

  it("forgets a reader that has gone away", async () => {
    const watch = vi.spyOn(Journal.prototype, "watch");
    const emulator = await emulated();
    const [stays, goes] = [await watching(emulator), await watching(emulator)];
    await Promise.all([stays.state(), goes.state()]);
    const [journal] = watch.mock.contexts as Journal[];
    // What is told is made only if somebody watches.
    const isWatched = (): boolean => {
      const make = vi.fn(() => ({ topic: "senders" as const, value: [] }));
      journal?.tell(make);
      return make.mock.calls.length > 0;
    };
    goes.leave();
    expect(isWatched()).toBe(true);
    stays.leave();
    await until(() => !isWatched());
  });

  it("ends with the emulator", async () => {
    const emulator = await startEmulator();
    const reader = await watching(emulator);
    await reader.state();
    const ended = new Promise((resolve) => reader.response.once("close", resolve));
    await emulator.close();
    await ended;
    expect(reader.response.destroyed).toBe(true);
  });

  it("tells no bearer token, no cookie and no partner's secret, also of a body that is cut or no JSON", async () => {
    const emulator = await emulated();
    const reader = await watching(emulator);
    await reader.state();
    const secret = canary.accessKey.slice(0, 20);
    const post = (version: string, body: object) =>
      call(emulator, {
        target: `/sms?api-version=${version}`,
        body: sendBody({ ...body }),
        headers: { Authorization: `Bearer ${secret}`, Cookie: `session=${secret}` },
      });
    const old = { messagingConnect: { apiKey: secret, partner: "contoso" } };
    const params = { partner: "contoso", partnerParams: { ApiKey: `${secret}\\"${secret}`, id: secret } };
    await post("2025-05-29-preview", { smsSendOptions: { enableDeliveryReport: false, ...old } });
    await post("2026-01-23", {
      smsSendOptions: { enableDeliveryReport: false, messagingConnect: params },
    });
    // The first 20,000 characters end within the key.
    const size = JSON.stringify(sendBody({ padding: "", apiKey: "" })).length;
    await post("2026-01-23", { padding: "x".repeat(20_000 - size - 10), apiKey: secret });
    await call(emulator, { target: "/sms?api-version=2026-01-23", rawBody: `{"apiKey":"${secret}"` });
    await until(() => reader.changes("request").length === 4);
    const bodies = reader.changes("request").map(({ value }) => (value as { body: string }).body);
    expect(bodies[0]).toContain('"apiKey":"…","partner":"contoso"');
    expect(bodies[1]).toContain('"partnerParams":{"ApiKey":"…","id":"…"}');
    expect(bodies[2]).toMatch(/x{19000}","apiKey":"…"}$/);
    expect(bodies[3]).toBe("… (no JSON, and it names a partner's secret)");
    expect(reader.text()).toContain('"authorization":"Bearer …"');
    expect(reader.text()).toContain('"cookie":"…"');
    for (let length = 8; length <= secret.length; length += 1) {
      expect(reader.text()).not.toContain(secret.slice(0, length));
    }
  });

  it.each([{ Origin: "https://evil.example" }, { Origin: "null" }, { Host: "evil.example" }])(
    "is refused to %j",
    async (headers) => {
      const emulator = await emulated();
      const answer = await call(emulator, { method: "GET", target: "/_emulator/live", headers });
      expect(answer).toMatchObject({ status: 403, body: { error: { code: "Forbidden" } } });
      expect(answer.text).not.toContain(emulator.accessKeys.primary);
    },
  );
});
