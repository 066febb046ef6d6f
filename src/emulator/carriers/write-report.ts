import type { DeliveryAttempt, DeliveryReport } from "./delivery-report.js";
import type { Outgoing } from "./outgoing.js";

/** How it ended with a message. */
export interface Ending {
  readonly deliveryStatus: "Delivered" | "Failed";
  readonly deliveryStatusDetails: string;
  readonly at: Date;
  /** The attempts before the last one, newest first. */
  readonly earlier?: readonly DeliveryAttempt[];
}

/** The report of a message. [INFER] There is one, however many segments the message has. */
export function writeReport(message: Outgoing, ending: Ending): DeliveryReport {
  const { deliveryStatus, deliveryStatusDetails, at, earlier = [] } = ending;
  const { messageId, from, to, tag, segments } = message;
  const failed = deliveryStatus === "Failed" ? segments : 0;
  return {
    deliveryStatus,
    deliveryStatusDetails,
    deliveryAttempts: [attempt(at, segments, failed), ...earlier],
    receivedTimestamp: at.toISOString(),
    ...(tag === undefined ? {} : { tag }),
    messageId,
    from,
    to,
  };
}

/** An attempt that another one follows: in the example of the specification one segment of two arrived. */
export function failedAttempt(at: Date, segments: number): DeliveryAttempt {
  return attempt(at, segments, Math.ceil(segments / 2));
}

function attempt(at: Date, segments: number, segmentsFailed: number): DeliveryAttempt {
  return { timestamp: at.toISOString(), segmentsSucceeded: segments - segmentsFailed, segmentsFailed };
}
