/**
 * A local ACS SMS to develop and test against.
 *
 * Comments say where a behaviour is known from: `[WIRE]` recorded exchanges with the service that Microsoft publishes with
 * its SDKs, `[SPEC]` its OpenAPI files, `[DOC]` Microsoft Learn; `[INFER]` marks what nothing says, and is a setting.
 *
 * @packageDocumentation
 */
export type { EmulatorAccessKeys } from "./settings/access-keys.js";
export type { KeywordReplies } from "./carriers/keywords.js";
export { magicNumbers, type MagicNumberName } from "./carriers/magic-numbers.js";
export type { RateLimitOptions } from "./carriers/rate-limits.js";
export type { EmulatorRecipient } from "./carriers/recipients.js";
export type { EmulatorClock } from "./emulator-clock.js";
export { startEmulator, type Emulator } from "./emulator.js";
export type { EventOptions } from "./event-grid/event-options.js";
export type { EventFaults } from "./event-grid/faults.js";
export type { DeadLetter, EventDelivery } from "./event-grid/records.js";
export type { EmulatorWebhook, SmsEventType, WebhookOptions, WebhookState } from "./event-grid/webhook.js";
export type { FaultyLatency, FaultyRequests, RequestFault, RequestFaults } from "./faults/request-faults.js";
export type { InboundMessage } from "./phones/inbound-message.js";
export type { PhoneMessage } from "./phones/inboxes.js";
export type { EmulatorMessage } from "./journal/emulator-message.js";
export type { EmulatorCertificate } from "./server/certificate.js";
export type { EmulatorClockOptions } from "./settings/clock-options.js";
export type { EmulatorOptions } from "./settings/options.js";
export type { EmulatorPhone } from "./phones/phones.js";
export type { RepeatabilityOptions } from "./rest/repeatability-rules.js";
export type { EmulatorRequest } from "./server/request-log.js";
export type { SignatureVerdict } from "./authentication/verdict.js";
export type { EmulatorSender, EmulatorSenderKind } from "./senders.js";
export type { WaitForMessageOptions } from "./phones/wait-for-message.js";
