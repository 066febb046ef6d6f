/** The body of `GET /deliveryReports/{id}`, in the key order of the example. */
export interface DeliveryReport {
  readonly deliveryStatus: "Delivered" | "Failed";
  readonly deliveryStatusDetails: string;
  /** Newest first. */
  readonly deliveryAttempts: readonly DeliveryAttempt[];
  readonly receivedTimestamp: string;
  readonly tag?: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
}

/** One attempt to deliver a message. */
export interface DeliveryAttempt {
  readonly timestamp: string;
  readonly segmentsSucceeded: number;
  readonly segmentsFailed: number;
}
