import { SpanKind, SpanStatusCode, type Link, type SpanContext, type Tracer } from "@opentelemetry/api";

import type {
  SmsDeliveryObservation,
  SmsInboundObservation,
  SmsResultObservation,
} from "../../observers/observer.js";
import type { SentMessage } from "./sent-messages.js";
import { system } from "./sms-metrics.js";

/** Spans for what happened to single messages. They have no number, text or tag in them. */
export class SmsSpans {
  readonly #tracer: Tracer;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  /** In the trace of whoever sent it. */
  result({ at, status, messageId, segments }: SmsResultObservation): SpanContext {
    const span = this.#tracer.startSpan("send sms", {
      kind: SpanKind.PRODUCER,
      startTime: at,
      attributes: {
        ...system,
        "messaging.operation.name": "send",
        "messaging.operation.type": "send",
        "sms.status": status,
        "sms.segments": segments,
        ...(messageId !== undefined && { "messaging.message.id": messageId }),
      },
    });
    const isFailed = status === "rejected" || status === "unknown" || status === "unsent";
    if (isFailed) span.setAttribute("error.type", status).setStatus({ code: SpanStatusCode.ERROR });
    span.end(at);
    return span.spanContext();
  }

  /** In the trace of the webhook that was told, and linked with the send. */
  delivery({ at, messageId, status, code }: SmsDeliveryObservation, sent: SentMessage | undefined): void {
    const links: Link[] = sent?.spanContext === undefined ? [] : [{ context: sent.spanContext }];
    const span = this.#tracer.startSpan("process sms delivery report", {
      kind: SpanKind.CONSUMER,
      startTime: at,
      links,
      attributes: {
        ...system,
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.message.id": messageId,
        "sms.delivery.status": status,
        ...(code !== undefined && { "sms.delivery.code": code }),
      },
    });
    if (status === "failed") {
      const type = code === undefined ? "failed" : String(code);
      span.setAttribute("error.type", type).setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end(at);
  }

  inbound({ at, messageId, intent }: SmsInboundObservation): void {
    const attributes = {
      ...system,
      "messaging.operation.name": "process",
      "messaging.operation.type": "process",
      "messaging.message.id": messageId,
      "sms.intent": intent,
    };
    this.#tracer.startSpan("process sms", { kind: SpanKind.CONSUMER, startTime: at, attributes }).end(at);
  }
}
