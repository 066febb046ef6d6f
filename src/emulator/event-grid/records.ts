import type { SmsEventType } from "./webhook.js";

/** An attempt to deliver an event to a webhook. A batch has one for each of its events. */
export interface EventDelivery {
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: SmsEventType;
  /** 1 for the first. */
  readonly attempt: number;
  /** When the answer had come, or it was clear that none would. */
  readonly at: Date;
  /** The receiver's HTTP status; absent when it gave no answer. */
  readonly status?: number;
  /** Why there is no status: a system's code such as `ECONNREFUSED`, or that the time was up. */
  readonly error?: string;
}

/** An event that was given up. */
export interface DeadLetter {
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: SmsEventType;
  /**
   * Why. `NonRetriableStatus`: the receiver answered 400, 401, 403 or 413, which Event Grid does not retry; its own word for
   * this is not documented `[INFER]`.
   */
  readonly reason: "MaxDeliveryAttemptsExceeded" | "TimeToLiveExceeded" | "NonRetriableStatus";
  /** How many attempts were made; 0 when the event was kept until its time was over. */
  readonly deliveryAttempts: number;
  /** The last attempt's HTTP status, or why there was none; absent when there was no attempt. */
  readonly lastDeliveryOutcome?: string;
  readonly publishedAt: Date;
  readonly lastAttemptAt?: Date;
  /** The event in the webhook's schema, as it was sent. */
  readonly event: Readonly<Record<string, unknown>>;
}
