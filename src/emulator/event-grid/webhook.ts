/** The events that the emulated resource has. */
export type SmsEventType =
  | "Microsoft.Communication.SMSReceived"
  | "Microsoft.Communication.SMSDeliveryReportReceived";

/** Where events go, and in which form. */
export interface WebhookOptions {
  /** An `http:` or `https:` URL; its query goes with every request. Event Grid itself takes `https:` alone. */
  readonly url: string;
  /** Default `"event-grid"`. */
  readonly schema?: "event-grid" | "cloud-events" | undefined;
  /**
   * Event Grid's "custom delivery properties", for a secret for example: up to 10 headers of up to 4,096 characters, whose names
   * do not begin with `aeg-`.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: both. */
  readonly eventTypes?: readonly SmsEventType[] | undefined;
}

/**
 * How far the handshake of a webhook is.
 *
 * - `validating`: it is under way. Events are kept.
 * - `awaiting-manual-action`: the validation URL has to be opened. Events are kept.
 * - `validated`: events are delivered.
 * - `failed`: for good. What was kept is gone, and no event is delivered.
 */
export type WebhookState = "validating" | "awaiting-manual-action" | "validated" | "failed";

/** A webhook of the emulator. Its headers and the query of its URL, which may hold a secret, are not shown. */
export interface EmulatorWebhook {
  readonly id: string;
  /** The header `aeg-subscription-name`. */
  readonly name: string;
  /** Without its query. */
  readonly url: string;
  readonly schema: "event-grid" | "cloud-events";
  readonly eventTypes: readonly SmsEventType[];
  readonly state: WebhookState;
  /** Why it is not validated; absent when it is, and before an answer came. */
  readonly reason?: string;
}

/** The options of a webhook, checked and complete. */
export interface Target {
  readonly url: string;
  readonly schema: "event-grid" | "cloud-events";
  readonly headers: Readonly<Record<string, string>>;
  readonly eventTypes: readonly SmsEventType[];
}
