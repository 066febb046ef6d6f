import type {
  SmsDeliveryObservation,
  SmsInboundObservation,
  SmsResultObservation,
} from "../../src/observers/observer.js";
import { person, sender } from "../support/clients.js";

/** Noon of some day; events of tests are some milliseconds after it. */
const noon = Date.parse("2026-11-02T12:00:00Z");

export const minute = 60_000;
export const hour = 60 * minute;

/** A day with `noon` in it, and long enough for late messages. */
export const range = {
  from: new Date(noon - 12 * hour),
  to: new Date(noon + 240 * hour),
  at: new Date(noon + hour),
};

/** The result of a message, accepted unless something else is said; `after` noon. */
export function result(
  identity: string,
  after = 0,
  changes: Partial<SmsResultObservation> = {},
): SmsResultObservation {
  const { status = "accepted" } = changes;
  return {
    type: "result",
    at: new Date(noon + after),
    identity,
    from: sender,
    to: person,
    status,
    httpStatusCode: 202,
    encoding: "gsm-7",
    segments: 1,
    isReportExpected: true,
    ...(status === "accepted" && { messageId: `id of ${identity}` }),
    ...changes,
  };
}

export function delivery(
  identity: string,
  after = 1000,
  changes: Partial<SmsDeliveryObservation> = {},
): SmsDeliveryObservation {
  return {
    type: "delivery",
    at: new Date(),
    from: sender,
    to: person,
    messageId: `id of ${identity}`,
    status: "delivered",
    receivedAt: new Date(noon + after),
    lastAttemptAt: new Date(noon + after),
    ...changes,
  };
}

export function inbound(
  messageId: string,
  after = hour,
  changes: Partial<SmsInboundObservation> = {},
): SmsInboundObservation {
  return {
    type: "inbound",
    at: new Date(),
    from: person,
    to: sender,
    messageId,
    receivedAt: new Date(noon + after),
    intent: "none",
    ...changes,
  };
}

/** What became of a message: each has one. */
export const outcomes = [
  "delivered",
  "failed",
  "blocked",
  "unconfirmed",
  "pending",
  "overdue",
  "unreported",
  "rejected",
  "suppressed",
  "invalid",
  "unknown",
  "unsent",
] as const;
