/**
 * SMS on Azure Communication Services: a client that never texts a person who said STOP.
 *
 * @packageDocumentation
 */
export { SmsClient, type SmsClientOptions } from "./client/sms-client.js";
export type {
  SmsIdempotency,
  SmsSendOptions,
  SmsSendRequest,
  SmsUpcomingAttempt,
} from "./client/send-request.js";
export type {
  SmsAcceptedResult,
  SmsInvalidResult,
  SmsRejectedResult,
  SmsResultBase,
  SmsSendResult,
  SmsSuppressedResult,
  SmsUnknownResult,
  SmsUnsentResult,
} from "./client/send-result.js";
export type { SmsPreview, SmsPreviewResult } from "./client/preview.js";
export type { OptOutCheckResult, OptOutResult, OptOutsClient } from "./client/opt-outs.js";
export type { AdditionalPolicyConfig, PipelineClientOptions } from "./acs/client-options.js";
export type { SmsDeliveryAttempt, SmsDeliveryReport } from "./transport/delivery-report.js";
export type {
  AbortSignalLike,
  MessagingConnectOptions,
  RawResponseCallback,
  SmsOperationOptions,
} from "./transport/sms-transport.js";
export type { RateGate, RateOutcome, RateRequest, SendLane } from "./rates/rate-gate.js";
export { SuppressionList } from "./suppression/suppression-list.js";
export type { SuppressionListOptions } from "./suppression/list-options.js";
export type { InboundText, InboundTextOutcome } from "./suppression/inbound-text.js";
export type { ManualEntryOptions } from "./suppression/manual-entries.js";
export type { SuppressionCallOptions, SuppressionGate } from "./suppression/suppression-gate.js";
export { MemorySuppressionStore } from "./suppression/memory-suppression-store.js";
export { compareEntries, entryRank } from "./suppression/entry-order.js";
export type { ConfirmationGrant } from "./suppression/confirmation.js";
export type { SuppressionDecision } from "./suppression/decide.js";
export type { RevealingReport } from "./suppression/revealed-opt-out.js";
export type {
  SuppressionEntry,
  SuppressionLedger,
  SuppressionSource,
  SuppressionStore,
  SuppressionStoreOptions,
} from "./suppression/suppression-store.js";
export type { AddedKeyword, ExcludedKeyword, KeywordSettings } from "./suppression/keyword-settings.js";
export type { KeywordIntent, KeywordSet } from "./suppression/keywords.js";
export { parseOptOutKeyword, type KeywordMatch, type ParsedKeyword } from "./suppression/opt-out-keyword.js";
export { countSegments, type SegmentCount } from "./text/segments.js";
export { AbortError, isSmsError, SmsError, type SmsErrorCode } from "./errors/sms-error.js";
export type {
  SmsAttemptObservation,
  SmsDeliveryObservation,
  SmsInboundObservation,
  SmsObservation,
  SmsObserver,
  SmsResultObservation,
} from "./observers/observer.js";
