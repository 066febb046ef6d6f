/**
 * What Event Grid tells of SMS: replies and delivery reports, into typed handlers.
 *
 * @packageDocumentation
 */
export {
  createSmsEventHandler,
  type DeliveryReportContext,
  type SmsEventHandler,
  type SmsEventHandlerOptions,
  type SmsEventOutcome,
} from "./event-handler.js";
export { createSmsWebhook, type SmsWebhook, type SmsWebhookOptions } from "./webhook.js";
export {
  allowUnauthenticated,
  sharedSecret,
  type Authorization,
  type WebhookAuthorizer,
} from "./authorize.js";
export { entraToken, type EntraTokenOptions } from "./entra-token.js";
export type { EventClaim, EventInbox, ReplyRecord } from "./event-inbox.js";
export { MemoryEventInbox } from "./memory-event-inbox.js";
export type {
  AlreadySentReply,
  ReplyOptions,
  ReplyOutcome,
  ReplySender,
  SmsMessageContext,
} from "./message-context.js";
export { parseSmsEvents } from "./parse-sms-events.js";
export type {
  MalformedEvent,
  OtherEvent,
  SmsDeliveryReportEvent,
  SmsEvent,
  SmsEventEnvelope,
  SmsEventSchema,
  SmsInboundMessage,
  SmsMessageEvent,
  SubscriptionValidationEvent,
} from "./sms-event.js";
export {
  toAzureEventGridFunction,
  toAzureFunction,
  type AzureHttpRequest,
  type AzureHttpResponse,
} from "./edges/azure-functions.js";
export { toLambda, type LambdaHttpEvent, type LambdaHttpResult } from "./edges/lambda.js";
export {
  toNodeHandler,
  type ExpressLikeRequest,
  type NodeHandler,
  type NodeRequest,
  type NodeResponse,
} from "./edges/node.js";
