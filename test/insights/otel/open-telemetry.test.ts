import { context, trace, type SpanContext } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { SmsClient } from "../../../src/client/sms-client.js";
import { startEmulator, type Emulator } from "../../../src/emulator/emulator.js";
import { magicNumbers } from "../../../src/emulator/index.js";
import { sharedSecret } from "../../../src/events/authorize.js";
import { createSmsEventHandler } from "../../../src/events/event-handler.js";
import { createSmsWebhook } from "../../../src/events/webhook.js";
import { createOpenTelemetryObserver } from "../../../src/insights/otel/open-telemetry-observer.js";
import { serve } from "../../events/support.js";
import { canary } from "../../support/canary.js";
import { person, sender, testSuppression } from "../../support/clients.js";
import { wrong } from "../../support/wrong.js";

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const spanExporter = new InMemorySpanExporter();
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
const meterProvider = new MeterProvider({ readers: [reader] });
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spanExporter)] });

/** What a counter or a histogram has, by the attributes that a test asks for. */
async function pointsOf(name: string, ...attributes: string[]): Promise<Record<string, number>> {
  exporter.reset();
  await reader.forceFlush();
  const found = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
    .find(({ descriptor }) => descriptor.name === name);
  const points: Record<string, number> = {};
  for (const { attributes: own, value } of found?.dataPoints ?? []) {
    const key = attributes.map((attribute) => String(own[attribute])).join(" ");
    points[key] = (points[key] ?? 0) + (typeof value === "number" ? value : value.count);
  }
  return points;
}

/** One conversation over real sockets: a send to five, their reports, a reply and a STOP, and a send after it. */
let emulator: Emulator;
let caller: SpanContext;
beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  emulator = await startEmulator({ deliveryDelayInMs: 0 });
  const observers = [createOpenTelemetryObserver({ meterProvider, tracerProvider })];
  const suppression = testSuppression();
  const sms = new SmsClient(emulator.connectionString, {
    suppression,
    observers,
    allowInsecureConnection: true,
  });
  const handler = createSmsEventHandler({ sms, suppression, observers });
  await using server = await serve(createSmsWebhook(handler, { authorize: sharedSecret("a secret") }));
  await emulator.addWebhook({ url: `${server.url}/sms?code=a+secret` });

  const to = [person, canary.numbers[1], magicNumbers.unreachable.number, "nobody"];
  const send = (): Promise<unknown> =>
    sms.send({ from: sender, to, message: canary.text }, { enableDeliveryReport: true, tag: canary.text });
  await tracerProvider.getTracer("test").startActiveSpan("caller", async (span) => {
    caller = span.spanContext();
    await send();
    span.end();
  });
  await emulator.eventsSettled();
  emulator.phone(person).send("Thanks", { to: sender });
  emulator.phone(person).send("STOP", { to: sender });
  await emulator.eventsSettled();
  await send();
  await emulator.eventsSettled();
});
afterAll(async () => {
  context.disable();
  await emulator.close();
  await meterProvider.shutdown();
});

describe("the metrics", () => {
  it("count messages by what became of them", async () => {
    expect(await pointsOf("messaging.client.sent.messages", "sms.status", "error.type")).toEqual({
      "accepted undefined": 5,
      "invalid undefined": 2,
      "suppressed undefined": 1,
    });
    expect(await pointsOf("sms.sent.segments", "sms.encoding", "sms.sender.kind")).toEqual({
      "gsm-7 toll-free": 5,
    });
    expect(await pointsOf("sms.suppression.decisions", "sms.suppression.decision")).toEqual({
      allowed: 5,
      suppressed: 1,
    });
  });

  it("time requests and deliveries, and count reports and what people send", async () => {
    expect(await pointsOf("messaging.client.operation.duration", "http.response.status_code")).toEqual({
      "202": 2,
    });
    expect(await pointsOf("sms.delivery.reports", "sms.delivery.status", "sms.delivery.code")).toEqual({
      "delivered undefined": 3,
      "failed 4006": 2,
    });
    expect(await pointsOf("sms.delivery.duration", "sms.delivery.status")).toEqual({ delivered: 3 });
    expect(await pointsOf("messaging.client.consumed.messages", "sms.intent")).toEqual({
      none: 1,
      "opt-out": 1,
    });
  });
});

describe("the spans", () => {
  const named = (name: string) => spanExporter.getFinishedSpans().filter((span) => span.name === name);

  it("are in the trace of the send, and reports are linked with them", () => {
    const sends = named("send sms");
    expect(sends).toHaveLength(8);
    const first = sends.filter((span) => span.spanContext().traceId === caller.traceId);
    expect(first).toHaveLength(4);
    expect(first.every(({ parentSpanContext }) => parentSpanContext?.spanId === caller.spanId)).toBe(true);
    const byId = new Map(sends.map((span) => [span.attributes["messaging.message.id"], span.spanContext()]));
    const reports = named("process sms delivery report");
    expect(reports).toHaveLength(5);
    for (const report of reports) {
      const sent = byId.get(report.attributes["messaging.message.id"]);
      expect(report.links.map((link) => link.context)).toEqual([sent]);
      expect(report.spanContext().traceId).not.toBe(sent?.traceId);
    }
    expect(reports.filter(({ attributes }) => attributes["error.type"] === "4006")).toHaveLength(2);
    expect(named("process sms").map(({ attributes }) => attributes["sms.intent"])).toEqual([
      "none",
      "opt-out",
    ]);
  });
});

describe("what is told", () => {
  it("has no number, text or tag in it", async () => {
    exporter.reset();
    await reader.forceFlush();
    const spans = spanExporter
      .getFinishedSpans()
      .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
    const told = JSON.stringify([exporter.getMetrics(), spans]);
    expect(told).toContain("messaging.message.id");
    for (const secret of [canary.text, ...canary.numbers, sender, "canary"])
      expect(told).not.toContain(secret.replace("+", ""));
  });

  it("is less where no spans are wanted", async () => {
    spanExporter.reset();
    const observer = createOpenTelemetryObserver({ meterProvider, tracerProvider, spans: false });
    const sms = new SmsClient(emulator.connectionString, {
      observers: [observer],
      suppression: testSuppression(),
      allowInsecureConnection: true,
    });
    await sms.send({ from: sender, to: [person], message: canary.text });
    expect(spanExporter.getFinishedSpans()).toEqual([]);
    expect(() => createOpenTelemetryObserver({ spans: wrong("yes") })).toThrow(/`spans` to be a boolean/);
  });

  it("costs nothing but a call where nothing is set up", async () => {
    trace.disable();
    const observer = createOpenTelemetryObserver();
    const told = observer.observe({
      type: "inbound",
      at: new Date(),
      from: person,
      to: sender,
      messageId: "Incoming_1",
      receivedAt: new Date(),
      intent: "none",
    });
    await expect(told).resolves.toBeUndefined();
  });
});

describe("a report that comes to another process", () => {
  beforeEach(() => spanExporter.reset());

  it("is linked through a store that both share", async () => {
    const shared = new Map<string, string>();
    const sentMessages = {
      set: async (id: string, sent: object) => void shared.set(id, JSON.stringify(sent)),
      get: async (id: string) => JSON.parse(shared.get(id) ?? "null") ?? undefined,
    };
    const at = new Date();
    const of = { at, from: sender, to: person, messageId: "Outgoing_1" } as const;
    const [one, other] = [0, 1].map(() =>
      createOpenTelemetryObserver({ meterProvider, tracerProvider, sentMessages }),
    );
    await one?.observe({
      ...of,
      type: "result",
      identity: "an id",
      status: "accepted",
      httpStatusCode: 202,
      encoding: "gsm-7",
      segments: 1,
      isReportExpected: true,
    });
    await other?.observe({ ...of, type: "delivery", status: "delivered" });
    const [sent, report] = spanExporter.getFinishedSpans();
    expect(report?.links.map((link) => link.context.spanId)).toEqual([sent?.spanContext().spanId]);
  });

  it("counts where the store cannot be asked", async () => {
    const sentMessages = {
      set: () => undefined,
      get: () => Promise.reject(new Error("The store is down")),
    };
    const observer = createOpenTelemetryObserver({ meterProvider, tracerProvider, sentMessages });
    const before = await pointsOf("sms.delivery.reports", "sms.delivery.code");
    const of = { at: new Date(), from: sender, to: person, messageId: "Outgoing_2", code: 4010 } as const;
    const told = observer.observe({ ...of, type: "delivery", status: "failed" });
    await expect(told).rejects.toThrow("The store is down");
    expect(await pointsOf("sms.delivery.reports", "sms.delivery.code")).toEqual({ ...before, 4010: 1 });
    expect(spanExporter.getFinishedSpans()).toMatchObject([
      { name: "process sms delivery report", links: [] },
    ]);
  });
});
