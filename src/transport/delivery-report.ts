/** One try at delivering a message. */
export interface SmsDeliveryAttempt {
  readonly at: Date;
  readonly segmentsSucceeded: number;
  readonly segmentsFailed: number;
}

/** What became of one message. */
export interface SmsDeliveryReport {
  /** As in the result of the send. */
  readonly messageId: string;
  /** The sender. */
  readonly from: string;
  /** The recipient. */
  readonly to: string;
  readonly status: "delivered" | "failed";
  /** The service's words, such as `2000: No Error` or `Sender blocked for given recipient.` */
  readonly details?: string;
  /** The four digits at the start of `details`, where there are any: 2000 is delivered, 4007 is an opt-out. */
  readonly code?: number;
  /** Newest first. */
  readonly attempts: readonly SmsDeliveryAttempt[];
  /** When the service got the carrier's word. */
  readonly receivedAt?: Date;
  /** The tag of the send. */
  readonly tag?: string;
  readonly messagingConnectPartnerMessageId?: string;
}
