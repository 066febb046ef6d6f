/**
 * What happened to messages, as OpenTelemetry metrics and spans.
 *
 * @packageDocumentation
 */
export { createOpenTelemetryObserver, type OpenTelemetryOptions } from "./open-telemetry-observer.js";
export type { SentMessage, SentMessageStore } from "./sent-messages.js";
export type { SmsObserver } from "../../observers/observer.js";
