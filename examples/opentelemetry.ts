/** What happened to messages, as OpenTelemetry metrics: here as the text that Prometheus reads. */
import { createServer } from "node:http";

import { PrometheusExporter, PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { createSmsEventHandler, createSmsWebhook, sharedSecret, toNodeHandler } from "acs-sms/events";
import { createOpenTelemetryObserver } from "acs-sms/insights/otel";

import { exampleResource, listening } from "./resource.ts";

await using resource = await exampleResource();
const secret = process.env["WEBHOOK_SECRET"] ?? "only for this example";

// In your program: new PrometheusExporter({ port: 9464 }), or the OTLP exporter of whatever you use.
const exporter = new PrometheusExporter({ preventServerStart: true });
const meterProvider = new MeterProvider({ readers: [exporter] });
// A program that sets up OpenTelemetry for all of it needs no `meterProvider` here.
const observers = [createOpenTelemetryObserver({ meterProvider })];

const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, { suppression, observers, ...resource.options });
const handler = createSmsEventHandler({ sms, suppression, observers });
const webhook = createSmsWebhook(handler, { authorize: sharedSecret(secret) });

const { emulator } = resource;
await using server = await listening(createServer(toNodeHandler(webhook)));
await emulator.addWebhook({ url: `${server.url}/sms?code=${encodeURIComponent(secret)}` });

const request = { from: "+18005551234", to: ["+14255550123", "+14255550188"], message: "We open at 9." };
await sms.send(request, { enableDeliveryReport: true });
emulator.phone("+14255550123").send("STOP", { to: "+18005551234" });
await emulator.eventsSettled();
await sms.send(request, { enableDeliveryReport: true });
await emulator.eventsSettled();

const { resourceMetrics } = await exporter.collect();
const lines = new PrometheusSerializer().serialize(resourceMetrics).split("\n");
console.log(lines.filter((line) => !line.includes("_bucket") && !line.startsWith("# HELP")).join("\n"));
await meterProvider.shutdown();
