import type {
  SmsDeliveryObservation,
  SmsInboundObservation,
  SmsResultObservation,
} from "../../observers/observer.js";
import type { CountryOf } from "../../phone-numbers/country-of.js";
import { isE164 } from "../../phone-numbers/e164.js";
import { senderKind } from "../../phone-numbers/sender.js";
import { intents } from "../intents.js";
import { otherFates } from "../outcomes.js";
import { storable } from "../storable.js";

/** What a log writes down. */
export type LoggedEvent = SmsResultObservation | SmsDeliveryObservation | SmsInboundObservation;

/** A row as JSON: columns by their names, times in milliseconds since 1970. */
export type EventRow = Readonly<Record<string, string | number | null>>;

/** The rows of some events, by table. */
export interface EventRows {
  readonly messages: readonly EventRow[];
  readonly deliveries: readonly EventRow[];
  readonly inbound: readonly EventRow[];
}

/** How events are written down. */
export interface EventWriting {
  /** What stands for a person's number. */
  readonly written: (number: string) => string;
  /** How many characters of a number, `+` among them, are kept beside it for its price. */
  readonly prefixLength: number;
  readonly countryOf: CountryOf;
  /** Whether texts are asked for, and kept. */
  readonly keepTexts: boolean;
}

/**
 * The longest that the service may wait for a carrier's word: who does not say how long it shall gets its own default, which
 * is not documented.
 */
const longestTimeoutInSeconds = 43_200;

/** Twice as much as the service takes; what people write may be longer. */
const longestText = 4096;

/** The rows of those that can be read: an observer may be given anything, and one bad event shall not keep the others out. */
export function rowsOf(events: readonly LoggedEvent[], writing: EventWriting): EventRows {
  const rows: Record<keyof EventRows, EventRow[]> = { messages: [], deliveries: [], inbound: [] };
  for (const event of events) {
    try {
      const [table, row] = rowOf(event, writing);
      rows[table].push(row);
    } catch {
      // Something is missing in it.
    }
  }
  return rows;
}

function rowOf(event: LoggedEvent, writing: EventWriting): readonly [keyof EventRows, EventRow] {
  if (event.type === "result") return ["messages", messageRow(event, writing)];
  if (event.type === "delivery") return ["deliveries", deliveryRow(event)];
  return ["inbound", inboundRow(event, writing)];
}

function messageRow(event: SmsResultObservation, writing: EventWriting): EventRow {
  const { from, to, status, messageId, tag, segments, isReportExpected, reportTimeoutInSeconds } = event;
  // What the caller gave where a number should be may be anything; nothing can be told of it.
  const number = status !== "invalid" && isE164(to) ? to : undefined;
  return {
    identity: storable(event.identity),
    at: event.at.getTime(),
    status: oneOf(["accepted", ...otherFates], status),
    message_id: status === "accepted" && messageId !== undefined ? storable(messageId) : null,
    sender: storable(from),
    sender_kind: senderKind(from) ?? null,
    recipient: number === undefined ? null : writing.written(number),
    prefix: number === undefined ? null : number.slice(0, writing.prefixLength),
    country: (number === undefined ? undefined : writing.countryOf(number)) ?? null,
    tag: tag === undefined ? null : storable(tag),
    segments,
    report_timeout: isReportExpected ? (reportTimeoutInSeconds ?? longestTimeoutInSeconds) : null,
    text: textOf(event, writing),
  };
}

function deliveryRow(event: SmsDeliveryObservation): EventRow {
  const { messageId, status, code, receivedAt, lastAttemptAt, at } = event;
  return {
    message_id: storable(messageId),
    is_failed: status === "failed" ? 1 : 0,
    code: code ?? null,
    received_at: (receivedAt ?? lastAttemptAt ?? at).getTime(),
    last_attempt_at: lastAttemptAt?.getTime() ?? null,
  };
}

function inboundRow(event: SmsInboundObservation, writing: EventWriting): EventRow {
  const { messageId, from, to, receivedAt, intent } = event;
  return {
    message_id: storable(messageId),
    sender: storable(to),
    recipient: storable(writing.written(from)),
    received_at: receivedAt.getTime(),
    intent: oneOf(intents, intent),
    text: textOf(event, writing),
  };
}

function oneOf(known: readonly string[], value: string): string {
  if (known.includes(value)) return value;
  throw new TypeError("Nothing that is known.");
}

/** A text that cannot be had keeps nothing else from being written. */
function textOf(
  { text }: SmsResultObservation | SmsInboundObservation,
  { keepTexts }: EventWriting,
): string | null {
  if (!keepTexts || text === undefined) return null;
  try {
    return storable(text(), longestText);
  } catch {
    return null;
  }
}
