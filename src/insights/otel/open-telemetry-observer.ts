import { metrics, trace, type MeterProvider, type TracerProvider } from "@opentelemetry/api";

import { expected } from "../../errors/expected.js";
import type { SmsDeliveryObservation, SmsObserver, SmsResultObservation } from "../../observers/observer.js";
import { RecentMessages, type SentMessage, type SentMessageStore } from "./sent-messages.js";
import { SmsMetrics } from "./sms-metrics.js";
import { SmsSpans } from "./sms-spans.js";

/** Where metrics and spans go. */
export interface OpenTelemetryOptions {
  /** Default: the one that is registered globally, with the first observation at the latest. */
  meterProvider?: MeterProvider | undefined;
  /** The same for spans. */
  tracerProvider?: TracerProvider | undefined;
  /** Whether each message gets a span. Default: `true`. */
  spans?: boolean | undefined;
  /**
   * Where sends are remembered until their reports come. Default: the newest 100,000, in the memory of this process; give
   * the same one to the observers of the client and of the event handler.
   */
  sentMessages?: SentMessageStore | undefined;
}

const name = "acs-sms";
const mostRemembered = 100_000;

/**
 * An observer that tells OpenTelemetry what happened, by the API package that your program has set up; without a set-up it
 * costs next to nothing. No number, text or tag is in an attribute.
 *
 * Metrics: `messaging.client.sent.messages` (by `sms.status` and `sms.sender.kind`), `messaging.client.operation.duration`
 * (s, a request to the service), `messaging.client.consumed.messages` (by `sms.intent`), as the semantic conventions for
 * messaging name them, and `sms.sent.segments`, `sms.suppression.decisions`, `sms.delivery.reports` (by
 * `sms.delivery.status` and `sms.delivery.code`), `sms.delivery.duration` (s, from the acceptance to the carrier's last
 * attempt).
 *
 * Spans: `send sms` for each message, in the trace of its send; `process sms delivery report`, which is linked with it across
 * the Event Grid hop; `process sms` for what people send.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
 * import { createSmsEventHandler } from "acs-sms/events";
 * import { createOpenTelemetryObserver } from "acs-sms/insights/otel";
 *
 * const observers = [createOpenTelemetryObserver()];
 * const suppression = new SuppressionList(new MemorySuppressionStore());
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression, observers });
 * export const handler = createSmsEventHandler({ sms, suppression, observers });
 * ```
 *
 * @throws TypeError for malformed options.
 */
export function createOpenTelemetryObserver(options: OpenTelemetryOptions = {}): SmsObserver {
  const { meterProvider, tracerProvider, spans = true, sentMessages } = options;
  if (typeof spans !== "boolean") throw expected("spans", "a boolean", spans);
  const meter = (meterProvider ?? metrics).getMeter(name);
  const tracer = (tracerProvider ?? trace).getTracer(name);
  const recording = new Recording(
    new SmsMetrics(meter),
    spans ? new SmsSpans(tracer) : undefined,
    sentMessages ?? new RecentMessages(mostRemembered),
  );
  return {
    async observe(observation) {
      if (observation.type === "result") return recording.result(observation);
      if (observation.type === "delivery") return recording.delivery(observation);
      if (observation.type === "attempt") return recording.metrics.attempt(observation);
      recording.metrics.inbound(observation);
      recording.spans?.inbound(observation);
    },
  };
}

/** What is told of messages, and what is remembered of them. */
class Recording {
  readonly metrics: SmsMetrics;
  readonly spans: SmsSpans | undefined;
  readonly #sent: SentMessageStore;

  constructor(metrics: SmsMetrics, spans: SmsSpans | undefined, sent: SentMessageStore) {
    this.metrics = metrics;
    this.spans = spans;
    this.#sent = sent;
  }

  async result(observation: SmsResultObservation): Promise<void> {
    this.metrics.result(observation);
    const spanContext = this.spans?.result(observation);
    const { messageId, status, at } = observation;
    if (messageId === undefined || status !== "accepted") return;
    await this.#sent.set(messageId, { acceptedAt: at.getTime(), ...(spanContext && { spanContext }) });
  }

  /** A report counts, whether or not its send can be looked up. */
  async delivery(observation: SmsDeliveryObservation): Promise<void> {
    let sent: SentMessage | undefined;
    try {
      sent = await this.#sent.get(observation.messageId);
    } finally {
      this.#deliveryOf(observation, sent);
    }
  }

  #deliveryOf(observation: SmsDeliveryObservation, sent: SentMessage | undefined): void {
    const arrivedAt = observation.lastAttemptAt ?? observation.receivedAt;
    const latencyInMs = sent && arrivedAt && arrivedAt.getTime() - sent.acceptedAt;
    this.metrics.delivery(observation, latencyInMs);
    this.spans?.delivery(observation, sent);
  }
}
