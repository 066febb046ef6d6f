import type { PipelineRequest, PipelineResponse, TransferProgressEvent } from "@azure/core-rest-pipeline";

import type { SmsDeliveryReport } from "./delivery-report.js";

/** One recipient of a batch, and the identity under which the message to it is repeated. */
export interface SmsBatchRecipient {
  /** E.164. */
  readonly to: string;
  /** A UUID, the same on every attempt. */
  readonly repeatabilityRequestId: string;
}

/** What is known of an attempt once it is over. */
export interface SmsAttemptOutcome {
  /**
   * `answered`: the service took the request and answered. `refused`: certainly nothing was sent (a 4xx, or no
   * connection was made). `unclear`: it may have been taken.
   */
  readonly verdict: "answered" | "refused" | "unclear";
  readonly statusCode?: number;
  /** How long the service asked to wait, with 429 or 503. */
  readonly retryAfterInMs?: number;
}

/** One attempt: what may go on the wire now. It must be used once, at once, and then settled. */
export interface SmsAttempt {
  /** Never empty. */
  readonly recipients: readonly SmsBatchRecipient[];
  readonly firstSentAt: Date;
  settle(outcome: SmsAttemptOutcome): void;
}

/** A message, without its recipients. */
export interface SmsMessage {
  readonly from: string;
  readonly text: string;
  readonly enableDeliveryReport: boolean;
  readonly tag?: string;
  readonly deliveryReportTimeoutInSeconds?: number;
  readonly messagingConnect?: MessagingConnectOptions;
}

/** One message to some recipients, as one request. */
export interface SmsBatch {
  readonly message: SmsMessage;
  /**
   * Asks for leave to send. A transport awaits this before **every** attempt, immediately before the message leaves,
   * and sends to no one else than it names; where it rejects, nothing is sent. This is where the sender's rate is waited
   * for and the suppression list is asked, so it may take long: it is no part of the time that an attempt may take.
   */
  nextAttempt(): Promise<SmsAttempt>;
}

/**
 * Sending through a Messaging Connect partner, in the shape of either api-version; it is converted to the one in use.
 */
export type MessagingConnectOptions =
  | { partner: string; apiKey: string }
  | { partner: string; partnerParams: Record<string, unknown> };

/** The service's word on one recipient. */
export interface SmsAnswer {
  readonly to: string;
  readonly messageId?: string;
  readonly httpStatusCode: number;
  readonly repeatabilityResult?: "accepted" | "rejected";
  readonly successful: boolean;
  readonly errorMessage?: string;
}

/** The service's word on one entry of its own opt-out list. */
export interface OptOutAnswer {
  readonly to: string;
  readonly httpStatusCode: number;
  readonly errorMessage?: string;
  readonly isOptedOut?: boolean;
}

/** The signal of Azure SDKs; the platform's own `AbortSignal` is one. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(
    type: "abort",
    listener: (this: AbortSignalLike, event: unknown) => unknown,
    options?: unknown,
  ): void;
  removeEventListener(
    type: "abort",
    listener: (this: AbortSignalLike, event: unknown) => unknown,
    options?: unknown,
  ): void;
}

/** Called with each HTTP response of a call, as in every Azure SDK. */
export type RawResponseCallback = (
  rawResponse: PipelineResponse & { parsedBody?: unknown; parsedHeaders?: Record<string, unknown> },
  flatResponse: unknown,
  error?: unknown,
) => void;

/** How one call travels: the options that every Azure SDK operation takes. */
export interface SmsOperationOptions {
  /** Ends the call, also between attempts and while the suppression store is asked. */
  abortSignal?: AbortSignalLike | undefined;
  requestOptions?:
    | {
        /** Headers to add to each request. */
        customHeaders?: { [name: string]: string } | undefined;
        /** How long one attempt may take, in milliseconds. Default: 60000. */
        timeout?: number | undefined;
        /** Overrides the client's own option for this call. */
        allowInsecureConnection?: boolean | undefined;
        onUploadProgress?: ((progress: TransferProgressEvent) => void) | undefined;
        onDownloadProgress?: ((progress: TransferProgressEvent) => void) | undefined;
      }
    | undefined;
  /** The trace this call belongs to. */
  tracingOptions?: PipelineRequest["tracingOptions"] | undefined;
  /** Called with each HTTP response; a send to more than 100 recipients gets several. */
  onResponse?: RawResponseCallback | undefined;
}

/** What an operation does to the service's own opt-out list. */
export type OptOutOperation = "add" | "remove" | "check";

/**
 * The seam between this package and a service that takes text messages. Everything above it (opt-outs, identities,
 * results) is free of any wire format; everything below it is one service's contract.
 */
export interface SmsTransport {
  /** How many recipients one request takes. */
  readonly maxRecipients: number;
  /** Throws a TypeError where nothing can be sent with these options; asked before a call is begun. */
  assertUsable(options: SmsOperationOptions): void;
  /** Sends one batch, with retries. Resolves with what the service said, in whatever order; rejects when it said nothing. */
  send(batch: SmsBatch, options: SmsOperationOptions): Promise<readonly SmsAnswer[]>;
  /** Works on the service's own opt-out list, for at most {@link SmsTransport.maxRecipients} recipients. */
  optOuts(
    operation: OptOutOperation,
    from: string,
    recipients: readonly string[],
    options: SmsOperationOptions,
  ): Promise<readonly OptOutAnswer[]>;
  /** The delivery report of a message, or `undefined` while there is none. */
  deliveryReport(messageId: string, options: SmsOperationOptions): Promise<SmsDeliveryReport | undefined>;
}
