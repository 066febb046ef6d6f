import type { EmulatorClockOptions } from "./clock-options.js";
import { readClock, readHttps, readPath } from "./read-host.js";
import { readAccessKeys, type EmulatorAccessKeys } from "./access-keys.js";
import type { RateLimitOptions, RateLimits } from "../carriers/rate-limits.js";
import type { EmulatorRecipient } from "../carriers/recipients.js";
import { readEventOptions, type EventOptions, type EventSettings } from "../event-grid/event-options.js";
import { readWebhooks } from "../event-grid/read-webhook.js";
import type { Target, WebhookOptions } from "../event-grid/webhook.js";
import { oneOf, outOfRange, wrongType } from "./expected.js";
import type { EmulatorRequest } from "../server/request-log.js";
import type { EmulatorCertificate } from "../server/certificate.js";
import type { ClockStart } from "../clock.js";
import type { ApiVersion } from "../rest/api-versions.js";
import { noRequestFaults, type RequestFaultRules, type RequestFaults } from "../faults/request-faults.js";
import { readApiVersions } from "./read-api-versions.js";
import { readRateLimits } from "./read-rate-limits.js";
import { readRecipients } from "./read-recipients.js";
import { readRequestFaults } from "./read-request-faults.js";
import { readSenders } from "./read-senders.js";
import {
  readRepeatability,
  type RepeatabilityOptions,
  type RepeatabilityRules,
} from "../rest/repeatability-rules.js";
import type { EmulatorSender } from "../senders.js";

/** How the emulator is set up. Everything has a default. */
export interface EmulatorOptions {
  /** The port on 127.0.0.1, 0 to 65535. Default 0: any free one. */
  readonly port?: number | undefined;
  /** The senders that the emulated resource owns. Default: one toll-free number, `+18005551234`. */
  readonly senders?: readonly EmulatorSender[] | undefined;
  /**
   * The api-versions that the emulated resource speaks, such as `["2021-03-07"]`; the others are answered as if they never
   * were. Default: all that are documented.
   */
  readonly apiVersions?: readonly string[] | undefined;
  /** Default: 64 random bytes each. */
  readonly accessKeys?: EmulatorAccessKeys | undefined;
  /**
   * Whether the emulator speaks HTTPS, which official Java clients and Entra ID tokens insist on. `true` makes a certificate
   * for `localhost` and 127.0.0.1, see `Emulator.certificate`; or one of your own, PEM. Default false.
   */
  readonly https?: boolean | EmulatorCertificate | undefined;
  /**
   * Seconds by which the date of a signature may be off this machine's clock, 1 to 31,536,000. Default 900, as with Azure App
   * Configuration `[INFER]`: nothing is documented for ACS.
   */
  readonly signatureToleranceInSeconds?: number | undefined;
  /** The emulated world's clock. Default: this machine's. */
  readonly clock?: EmulatorClockOptions | undefined;
  /**
   * A file that keeps senders, webhooks, messages, delivery reports and opt-outs from one run to the next; made when it is not
   * there, with mode 0600, since it holds phone numbers and texts. Default: all is gone when the emulator closes.
   */
  readonly stateFile?: string | undefined;
  /** What a repeated message gets. */
  readonly repeatability?: RepeatabilityOptions | undefined;
  /**
   * Whether a carrier, and ACS, act on a word only when it is spelt as in the documentation: in capitals, with nothing
   * around it. Default false: case and the blanks around it do not matter `[INFER]`.
   */
  readonly exactKeywords?: boolean | undefined;
  /**
   * `deliveryStatusDetails` in the report, and in its event, of a message that an opt-out stopped. Default
   * `"Sender blocked for given recipient."`, as the documentation says; the code table has
   * `"4007: The Destination/To number opted out of receiving messages from you."` for the same.
   */
  readonly blockedReportText?: string | undefined;
  /**
   * Seconds after which a report that has not come is replaced by one that says so, 60 to 43,200, where the request has no
   * `deliveryReportTimeoutInSeconds` of its own. Default 43,200 `[INFER]`.
   */
  readonly deliveryReportTimeoutInSeconds?: number | undefined;
  /**
   * `deliveryStatusDetails` in that report. Default `"5002: Carrier does not support delivery report"` `[INFER]`: the
   * documentation speaks of a "timeout error code" and does not say which.
   */
  readonly timedOutReportText?: string | undefined;
  /**
   * To whom something else happens than to everybody: beside the `magicNumbers`, and instead where a number is one of them.
   * Default: nobody.
   */
  readonly recipients?: readonly EmulatorRecipient[] | undefined;
  /**
   * How far messages get. `"documented"`: toll-free numbers text the US, Canada and Puerto Rico, short codes their own
   * country, 10DLC numbers the US, and alphanumeric senders the countries that the documentation lists; elsewhere the report
   * is `Failed`, `4003: Message failed to deliver due to unsupported destination.` `[INFER]`. Numbers of no country, such as
   * made-up ones, and senders of a Messaging Connect partner know no bounds. Default `"any"`: everywhere.
   */
  readonly destinations?: "any" | "documented" | undefined;
  /**
   * How much the senders may send before requests are refused with 429; `{}` for the limits of the documentation. Default: as
   * much as they like, since 200 messages a minute would stop the test of any campaign.
   */
  readonly rateLimits?: RateLimitOptions | undefined;
  /**
   * Milliseconds from accepting a message to its arrival and report, 0 to 600,000. Default 0: both are there before the
   * request is answered. With the real service they always come later.
   */
  readonly deliveryDelayInMs?: number | undefined;
  /** What goes wrong with requests on purpose; with events, see `EventOptions.faults`. Default: nothing. */
  readonly faults?: RequestFaults | undefined;
  /**
   * An integer, 0 to 4,294,967,295: with the same one the same requests, in the order of their arrival, are hit by the `faults`.
   * Default 1. Events have one of their own, `EventOptions.seed`.
   */
  readonly seed?: number | undefined;
  /**
   * Called with each request to the service once its answer is settled, for a log. What is under `/_emulator` is no part of it.
   * Default: nobody.
   */
  readonly onRequest?: ((request: EmulatorRequest) => void) | undefined;
  /** Where events go. Their handshakes begin when the emulator is ready. Default: nowhere. */
  readonly webhooks?: readonly WebhookOptions[] | undefined;
  /** How events are made and delivered. */
  readonly events?: EventOptions | undefined;
}

/** The options, checked and complete. */
export interface Settings {
  readonly port: number;
  readonly senders: readonly EmulatorSender[];
  readonly apiVersions: readonly ApiVersion[];
  readonly accessKeys: EmulatorAccessKeys;
  readonly https: boolean | EmulatorCertificate;
  readonly signatureToleranceInMs: number;
  readonly clock: ClockStart;
  readonly stateFile: string | undefined;
  readonly repeatability: RepeatabilityRules;
  readonly exactKeywords: boolean;
  readonly blockedReportText: string;
  readonly deliveryReportTimeoutInSeconds: number;
  readonly timedOutReportText: string;
  readonly recipients: readonly EmulatorRecipient[];
  readonly destinations: "any" | "documented";
  readonly rateLimits: RateLimits | undefined;
  readonly deliveryDelayInMs: number;
  readonly faults: RequestFaultRules;
  readonly seed: number;
  readonly onRequest: ((request: EmulatorRequest) => void) | undefined;
  readonly webhooks: readonly Target[];
  readonly events: EventSettings;
}

/** Copies a caller's options, checked, with the defaults filled in. */
export function readOptions(options: EmulatorOptions): Settings {
  if (typeof options !== "object" || options === null) throw wrongType("options", "an object", options);
  return {
    port: readInteger("port", options.port ?? 0, 0, 65_535),
    senders: readSenders(options.senders ?? [{ number: "+18005551234", kind: "toll-free" }]),
    apiVersions: readApiVersions(options.apiVersions),
    accessKeys: readAccessKeys(options.accessKeys),
    https: readHttps(options.https),
    signatureToleranceInMs:
      1000 *
      readInteger("signatureToleranceInSeconds", options.signatureToleranceInSeconds ?? 900, 1, 31_536_000),
    clock: readClock(options.clock),
    stateFile: readPath("stateFile", options.stateFile),
    repeatability: readRepeatability(options.repeatability),
    exactKeywords: readFlag("exactKeywords", options.exactKeywords ?? false),
    blockedReportText: readText(
      "blockedReportText",
      options.blockedReportText ?? "Sender blocked for given recipient.",
    ),
    deliveryReportTimeoutInSeconds: readInteger(
      "deliveryReportTimeoutInSeconds",
      options.deliveryReportTimeoutInSeconds ?? 43_200,
      60,
      43_200,
    ),
    timedOutReportText: readText(
      "timedOutReportText",
      options.timedOutReportText ?? "5002: Carrier does not support delivery report",
    ),
    recipients: readRecipients(options.recipients),
    destinations: oneOf("destinations", ["any", "documented"], options.destinations ?? "any"),
    rateLimits: readRateLimits(options.rateLimits),
    deliveryDelayInMs: readInteger("deliveryDelayInMs", options.deliveryDelayInMs ?? 0, 0, 600_000),
    faults: options.faults === undefined ? noRequestFaults : readRequestFaults(options.faults),
    seed: readInteger("seed", options.seed ?? 1, 0, 2 ** 32 - 1),
    onRequest: readFunction("onRequest", options.onRequest),
    webhooks: readWebhooks(options.webhooks),
    events: readEventOptions(options.events),
  };
}

function readInteger(name: string, value: unknown, least: number, most: number): number {
  const wanted = `an integer from ${least} to ${most}`;
  if (typeof value !== "number") throw wrongType(name, wanted, value);
  if (!Number.isInteger(value) || value < least || value > most) throw outOfRange(name, wanted, value);
  return value;
}

function readFunction<T>(name: string, value: T): T {
  if (value === undefined || typeof value === "function") return value;
  throw wrongType(name, "a function", value);
}

function readText(name: string, value: unknown): string {
  if (typeof value !== "string") throw wrongType(name, "a string", value);
  return value;
}

function readFlag(name: string, value: unknown): boolean {
  if (typeof value !== "boolean") throw wrongType(name, "a boolean", value);
  return value;
}
