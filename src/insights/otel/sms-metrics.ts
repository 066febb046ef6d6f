import type { Attributes, Counter, Histogram, Meter } from "@opentelemetry/api";

import type {
  SmsAttemptObservation,
  SmsDeliveryObservation,
  SmsInboundObservation,
  SmsResultObservation,
} from "../../observers/observer.js";
import { latencyBoundsInSeconds } from "../latency-bounds.js";
import { senderKind } from "../../phone-numbers/sender.js";

/** What every instrument says of the system that it measures. */
export const system: Attributes = { "messaging.system": "azure_communication_services.sms" };

/** A call takes tenths of a second; one that retries, minutes. In seconds, as the conventions have it for operations. */
const operationBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** The instruments, named by the semantic conventions for messaging where those have a name. */
export class SmsMetrics {
  readonly #sent: Counter;
  readonly #operation: Histogram;
  readonly #segments: Counter;
  readonly #suppression: Counter;
  readonly #reports: Counter;
  readonly #delivery: Histogram;
  readonly #inbound: Counter;

  constructor(meter: Meter) {
    this.#sent = meter.createCounter("messaging.client.sent.messages", {
      unit: "{message}",
      description: "Messages that were to be sent, by what became of them.",
    });
    this.#operation = meter.createHistogram("messaging.client.operation.duration", {
      unit: "s",
      description: "How long requests to the service took.",
      advice: { explicitBucketBoundaries: operationBoundaries },
    });
    this.#segments = meter.createCounter("sms.sent.segments", {
      unit: "{segment}",
      description: "Segments of the messages that the service took.",
    });
    this.#suppression = meter.createCounter("sms.suppression.decisions", {
      unit: "{decision}",
      description: "Whether the suppression list let a recipient be texted.",
    });
    this.#reports = meter.createCounter("sms.delivery.reports", {
      unit: "{report}",
      description: "Delivery reports, by what they say.",
    });
    this.#delivery = meter.createHistogram("sms.delivery.duration", {
      unit: "s",
      description: "From the acceptance of a message to the carrier's last attempt.",
      advice: { explicitBucketBoundaries: [...latencyBoundsInSeconds] },
    });
    this.#inbound = meter.createCounter("messaging.client.consumed.messages", {
      unit: "{message}",
      description: "Messages that people sent, by what they ask for.",
    });
  }

  attempt({ durationInMs, verdict, statusCode }: SmsAttemptObservation): void {
    const isFailed = verdict !== "answered";
    this.#operation.record(durationInMs / 1000, {
      ...system,
      "messaging.operation.name": "send",
      "messaging.operation.type": "send",
      ...(statusCode !== undefined && { "http.response.status_code": statusCode }),
      ...(isFailed && { "error.type": statusCode === undefined ? verdict : String(statusCode) }),
    });
  }

  result({ from, status, encoding, segments }: SmsResultObservation): void {
    const sender = { ...system, "sms.sender.kind": senderKind(from) ?? "unknown" };
    const isFailed = status === "rejected" || status === "unknown" || status === "unsent";
    this.#sent.add(1, {
      ...sender,
      "messaging.operation.name": "send",
      "sms.status": status,
      ...(isFailed && { "error.type": status }),
    });
    if (status === "accepted") this.#segments.add(segments, { ...sender, "sms.encoding": encoding });
    if (status === "invalid" || status === "unsent") return;
    this.#suppression.add(1, {
      ...system,
      "sms.suppression.decision": status === "suppressed" ? "suppressed" : "allowed",
    });
  }

  /** @param latencyInMs - From the acceptance, where that is known. */
  delivery({ from, status, code }: SmsDeliveryObservation, latencyInMs: number | undefined): void {
    const attributes = {
      ...system,
      "sms.sender.kind": senderKind(from) ?? "unknown",
      "sms.delivery.status": status,
      ...(code !== undefined && { "sms.delivery.code": code }),
    };
    this.#reports.add(1, attributes);
    if (latencyInMs !== undefined && status === "delivered")
      this.#delivery.record(Math.max(0, latencyInMs) / 1000, attributes);
  }

  inbound({ intent }: SmsInboundObservation): void {
    this.#inbound.add(1, { ...system, "messaging.operation.name": "receive", "sms.intent": intent });
  }
}
