import { randomBytes } from "node:crypto";
import { readEventOptions, type EventOptions, type EventSettings } from "./events/event-options.js";
import { readWebhooks, type Target, type WebhookOptions } from "./events/webhook.js";
import { outOfRange, wrongType } from "./expected.js";
import {
  readRepeatability,
  type RepeatabilityOptions,
  type RepeatabilityRules,
} from "./repeatability-rules.js";
import { readSenders, type EmulatorSender } from "./senders.js";

/** The two keys of the emulated resource, base64. Each of them signs requests. */
export interface EmulatorAccessKeys {
  readonly primary: string;
  readonly secondary: string;
}

/** How the emulator is set up. Everything has a default. */
export interface EmulatorOptions {
  /** The port on 127.0.0.1, 0 to 65535. Default 0: any free one. */
  readonly port?: number | undefined;
  /** The senders that the emulated resource owns. Default: one toll-free number, `+18005551234`. */
  readonly senders?: readonly EmulatorSender[] | undefined;
  /** Default: 64 random bytes each. */
  readonly accessKeys?: EmulatorAccessKeys | undefined;
  /** What a repeated message gets. */
  readonly repeatability?: RepeatabilityOptions | undefined;
  /**
   * `deliveryStatusDetails` in the report, and in its event, of a message that an opt-out stopped. Default
   * `"Sender blocked for given recipient."`, as the documentation says; the code table has
   * `"4007: The Destination/To number opted out of receiving messages from you."` for the same.
   */
  readonly blockedReportText?: string | undefined;
  /**
   * Milliseconds from accepting a message to its arrival and report, 0 to 600,000. Default 0: both are there before the
   * request is answered. With the real service they always come later.
   */
  readonly deliveryDelayInMs?: number | undefined;
  /** Where events go. Their handshakes begin when the emulator is ready. Default: nowhere. */
  readonly webhooks?: readonly WebhookOptions[] | undefined;
  /** How events are made and delivered. */
  readonly events?: EventOptions | undefined;
}

/** The options, checked and complete. */
export interface Settings {
  readonly port: number;
  readonly senders: readonly EmulatorSender[];
  readonly accessKeys: EmulatorAccessKeys;
  readonly repeatability: RepeatabilityRules;
  readonly blockedReportText: string;
  readonly deliveryDelayInMs: number;
  readonly webhooks: readonly Target[];
  readonly events: EventSettings;
}

/** Copies a caller's options, checked, with the defaults filled in. */
export function readOptions(options: EmulatorOptions): Settings {
  if (typeof options !== "object" || options === null) throw wrongType("options", "an object", options);
  return {
    port: readInteger("port", options.port ?? 0, 65_535),
    senders: readSenders(options.senders ?? [{ number: "+18005551234", kind: "toll-free" }]),
    accessKeys: readAccessKeys(options.accessKeys),
    repeatability: readRepeatability(options.repeatability),
    blockedReportText: readText(
      "blockedReportText",
      options.blockedReportText ?? "Sender blocked for given recipient.",
    ),
    deliveryDelayInMs: readInteger("deliveryDelayInMs", options.deliveryDelayInMs ?? 0, 600_000),
    webhooks: readWebhooks(options.webhooks),
    events: readEventOptions(options.events),
  };
}

function readAccessKeys(given: EmulatorAccessKeys | undefined): EmulatorAccessKeys {
  if (given === undefined) return { primary: randomKey(), secondary: randomKey() };
  if (typeof given !== "object" || given === null) {
    throw wrongType("accessKeys", "an object { primary, secondary }", given);
  }
  return {
    primary: readKey("accessKeys.primary", given.primary),
    secondary: readKey("accessKeys.secondary", given.secondary),
  };
}

function randomKey(): string {
  return randomBytes(64).toString("base64");
}

/** Its errors tell how long the key is and nothing else of it. */
function readKey(name: string, key: unknown): string {
  if (typeof key !== "string") throw wrongType(name, "a base64 string", key);
  const isBase64 = key !== "" && Buffer.from(key, "base64").toString("base64") === key;
  if (isBase64) return key;
  throw new RangeError(`Expected \`${name}\` to be base64, got ${key.length} characters that are not`);
}

function readInteger(name: string, value: unknown, most: number): number {
  const wanted = `an integer from 0 to ${most}`;
  if (typeof value !== "number") throw wrongType(name, wanted, value);
  if (!Number.isInteger(value) || value < 0 || value > most) throw outOfRange(name, wanted, value);
  return value;
}

function readText(name: string, value: unknown): string {
  if (typeof value !== "string") throw wrongType(name, "a string", value);
  return value;
}
