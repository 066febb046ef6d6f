import { z } from "zod";
import { faultRules } from "./fault-rules.js";
import { noFaults, type EventFaults, type FaultRules } from "./faults.js";
import { readWith } from "../settings/read.js";
import { integerFrom, numberFrom, oneOf, settingsObject } from "../settings/shapes.js";

/** How events are made and pushed to the webhooks. The defaults are Event Grid's, where they are documented. */
export interface EventOptions {
  /**
   * How many times faster than on the clock Event Grid's own waiting passes: the retry delays, the time to live, the pause
   * before a handshake is repeated, and the delays of faults. More than 0, up to 10,000,000. Default 1. What a receiver takes
   * for its answer is real time in any case.
   */
  readonly speed?: number | undefined;
  /**
   * Milliseconds before each next attempt, 0 to 86,400,000; the last one repeats. Default: 10 s, 30 s, 1 min, 5 min, 10 min,
   * 30 min, 1 h, 3 h, 6 h, 12 h. Event Grid adds some jitter and may skip attempts; the emulator does neither.
   */
  readonly retryDelaysInMs?: readonly number[] | undefined;
  /** 1 to 30. Default 30. */
  readonly maxDeliveryAttempts?: number | undefined;
  /** For how long attempts are made, 1 to 1,440. Looked at before each attempt. Default 1,440. */
  readonly timeToLiveInMinutes?: number | undefined;
  /** Milliseconds within which a receiver has to answer, 1 to 600,000, also in the handshake. Default 30,000. */
  readonly responseTimeoutInMs?: number | undefined;
  /** How often a handshake is tried that gets no answer at all, 5 s apart; 1 to 30. Default 3 `[INFER]`. */
  readonly validationAttempts?: number | undefined;
  /** Milliseconds within which the validation URL has to be opened, 1 to 86,400,000. Default 600,000. */
  readonly manualValidationWindowInMs?: number | undefined;
  /** Whether a webhook's own headers go with its handshake too. Default true `[INFER]`. */
  readonly headersOnValidation?: boolean | undefined;
  /** 1 to 5,000. Default 1: an array of one event, or with CloudEvents a single object. */
  readonly maxEventsPerBatch?: number | undefined;
  /** Kilobytes that a batch of several events is not to exceed, 1 to 1,024. Default 64. */
  readonly preferredBatchSizeInKilobytes?: number | undefined;
  /**
   * How many requests a webhook gets at the same time, 1 to 100. Default 1, so that events come in order unless a fault or a
   * retry changes it. Event Grid itself promises no order.
   */
  readonly maxConcurrentDeliveries?: number | undefined;
  /** The `topic`, or the `source` of a CloudEvent: the resource's id. */
  readonly topic?: string | undefined;
  /**
   * Whether all phone numbers in the events have their `+`. Default false, as in the documentation's samples: only the `to` of
   * a delivery report has it `[INFER]`.
   */
  readonly plusInEvents?: boolean | undefined;
  /** The case of the names inside `data`; the documentation had Pascal case until 2025. Default `"camel"` `[INFER]`. */
  readonly dataCase?: "camel" | "pascal" | undefined;
  /** Whose number is the subject of a delivery report. Default `"sender"` `[INFER]`. */
  readonly reportSubject?: "sender" | "recipient" | undefined;
  /** In which order a delivery report has its attempts. Default `"newest-first"`, as the REST API's sample `[INFER]`. */
  readonly attemptOrder?: "newest-first" | "oldest-first" | undefined;
  /**
   * `deliveryStatusDetails` in the event for a message that arrived. Default `"No error."`, as in the event's sample; the REST
   * API's sample has `"2000: No Error"`. For one that was blocked, see `EmulatorOptions.blockedReportText`.
   */
  readonly deliveredReportText?: string | undefined;
  /** What goes wrong on purpose. Default: nothing. */
  readonly faults?: EventFaults | undefined;
  /** An integer, 0 to 4,294,967,295: with the same one the same events are hit by the faults. Default 1. */
  readonly seed?: number | undefined;
}

/** The same, complete. */
export interface EventSettings {
  readonly speed: number;
  readonly retryDelaysInMs: readonly number[];
  readonly maxDeliveryAttempts: number;
  readonly timeToLiveInMinutes: number;
  readonly responseTimeoutInMs: number;
  readonly validationAttempts: number;
  readonly manualValidationWindowInMs: number;
  readonly headersOnValidation: boolean;
  readonly maxEventsPerBatch: number;
  readonly preferredBatchSizeInKilobytes: number;
  readonly maxConcurrentDeliveries: number;
  readonly topic: string;
  readonly plusInEvents: boolean;
  readonly dataCase: "camel" | "pascal";
  readonly reportSubject: "sender" | "recipient";
  readonly attemptOrder: "newest-first" | "oldest-first";
  readonly deliveredReportText: string;
  readonly faults: FaultRules;
  readonly seed: number;
}

/** Copies the options that a caller gives, checked, with the defaults filled in. */
export function readEventOptions(given: EventOptions | undefined): EventSettings {
  return given === undefined ? defaults : readWith(eventSettings(), given, "events");
}

const [second, minute, hour] = [1000, 60_000, 3_600_000];
const retryDelays = [
  10 * second,
  30 * second,
  minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
];

const defaults: EventSettings = {
  speed: 1,
  retryDelaysInMs: retryDelays,
  maxDeliveryAttempts: 30,
  timeToLiveInMinutes: 1440,
  responseTimeoutInMs: 30 * second,
  validationAttempts: 3,
  manualValidationWindowInMs: 10 * minute,
  headersOnValidation: true,
  maxEventsPerBatch: 1,
  preferredBatchSizeInKilobytes: 64,
  maxConcurrentDeliveries: 1,
  topic:
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acs-sms" +
    "/providers/microsoft.communication/communicationservices/emulator",
  plusInEvents: false,
  dataCase: "camel",
  reportSubject: "sender",
  attemptOrder: "newest-first",
  deliveredReportText: "No error.",
  faults: noFaults,
  seed: 1,
};

const speed = { error: "a number more than 0 and at most 10000000" };
const list = { error: "an array of one delay or more" };
const text = { error: "a string that is not empty" };

/** Made when there are options to check, so that an emulator without any starts at once. */
function eventSettings(): z.ZodType<EventSettings> {
  const flag = z.boolean({ error: "a boolean" });
  const delays = z.array(numberFrom(0, 24 * hour), list).min(1, list);
  return settingsObject({
    speed: z.number(speed).positive(speed).max(10_000_000, speed).default(defaults.speed),
    retryDelaysInMs: delays.default(retryDelays),
    maxDeliveryAttempts: integerFrom(1, 30).default(defaults.maxDeliveryAttempts),
    timeToLiveInMinutes: integerFrom(1, 1440).default(defaults.timeToLiveInMinutes),
    responseTimeoutInMs: integerFrom(1, 600_000).default(defaults.responseTimeoutInMs),
    validationAttempts: integerFrom(1, 30).default(defaults.validationAttempts),
    manualValidationWindowInMs: integerFrom(1, 24 * hour).default(defaults.manualValidationWindowInMs),
    headersOnValidation: flag.default(defaults.headersOnValidation),
    maxEventsPerBatch: integerFrom(1, 5000).default(defaults.maxEventsPerBatch),
    preferredBatchSizeInKilobytes: integerFrom(1, 1024).default(defaults.preferredBatchSizeInKilobytes),
    maxConcurrentDeliveries: integerFrom(1, 100).default(defaults.maxConcurrentDeliveries),
    topic: z.string(text).min(1, text).default(defaults.topic),
    plusInEvents: flag.default(defaults.plusInEvents),
    dataCase: oneOf("camel", "pascal").default(defaults.dataCase),
    reportSubject: oneOf("sender", "recipient").default(defaults.reportSubject),
    attemptOrder: oneOf("newest-first", "oldest-first").default(defaults.attemptOrder),
    deliveredReportText: z.string({ error: "a string" }).default(defaults.deliveredReportText),
    faults: faultRules().default(defaults.faults),
    seed: integerFrom(0, 2 ** 32 - 1).default(defaults.seed),
  });
}
