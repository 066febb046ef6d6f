import * as z from "zod";

import type { SmsDeliveryAttempt, SmsDeliveryReport } from "../transport/delivery-report.js";
import { dataFields, eventTimes } from "./read-data.js";
import { deliveryCodeMeaning, readDeliveryCode } from "./read-delivery-code.js";
import type { OpenedEvent } from "./read-envelope.js";
import { checkFields, fieldNames, hasFields, pickFields } from "./read-fields.js";
import { MalformedField } from "./read-malformed-field.js";
import { address, anyText, count, nonEmptyText, readAddress, readTime, time } from "./read-types.js";
import type { SmsDeliveryReportEvent } from "./sms-event.js";

/** The data of `Microsoft.Communication.SMSDeliveryReportReceived`. */
interface ReportData {
  messageId: string;
  from: string;
  to: string;
  deliveryStatus: "Delivered" | "Failed";
  deliveryStatusDetails?: string | null | undefined;
  deliveryAttempts?: unknown[] | null | undefined;
  receivedTimestamp?: string | Date | null | undefined;
  tag?: string | null | undefined;
}

interface AttemptData {
  timestamp: string | Date;
  segmentsSucceeded?: number | null | undefined;
  segmentsFailed?: number | null | undefined;
}

const reportNames = fieldNames(
  "messageId",
  "from",
  "to",
  "deliveryStatus",
  "deliveryStatusDetails",
  "deliveryAttempts",
  "receivedTimestamp",
  "tag",
);
const attemptNames = fieldNames("timestamp", "segmentsSucceeded", "segmentsFailed");

const reportData: z.ZodType<ReportData> = z.object({
  messageId: nonEmptyText,
  from: address,
  to: address,
  deliveryStatus: z.literal(["Delivered", "Failed"], { error: '"Delivered" or "Failed"' }),
  deliveryStatusDetails: anyText.nullish(),
  // Each is read by itself, so that of thousands of wrong ones the first ends it.
  deliveryAttempts: z.array(z.unknown(), { error: "an array" }).nullish(),
  receivedTimestamp: time.nullish(),
  tag: anyText.nullish(),
});

const attemptData: z.ZodType<AttemptData> = z.object({
  timestamp: time,
  segmentsSucceeded: count.nullish(),
  segmentsFailed: count.nullish(),
});

export function readDeliveryReportEvent(event: OpenedEvent): SmsDeliveryReportEvent {
  const data = checkFields(reportData, dataFields(event, reportNames), "data.");
  const { eventAt, receivedAt } = eventTimes(event, readTime(data.receivedTimestamp));
  const report = reportOf(data, receivedAt);
  const codeMeaning = report.code === undefined ? undefined : deliveryCodeMeaning(report.code);
  return {
    ...event.envelope,
    kind: "delivery-report",
    eventAt,
    report,
    ...(codeMeaning !== undefined && { codeMeaning }),
  };
}

function reportOf(data: ReportData, receivedAt: Date): SmsDeliveryReport {
  const { messageId, from, to, deliveryStatus, deliveryStatusDetails: details, tag } = data;
  const code = typeof details === "string" ? readDeliveryCode(details) : undefined;
  return {
    messageId,
    from: readAddress(from),
    to: readAddress(to),
    status: deliveryStatus === "Delivered" ? "delivered" : "failed",
    ...(typeof details === "string" && { details }),
    ...(code !== undefined && { code }),
    attempts: readAttempts(data.deliveryAttempts ?? []),
    receivedAt,
    ...(typeof tag === "string" && { tag }),
  };
}

function readAttempts(items: readonly unknown[]): readonly SmsDeliveryAttempt[] {
  const attempts = items.flatMap((item, index) => readAttempt(item, `data.deliveryAttempts[${index}]`));
  return attempts.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** None where its time was never set: it could not be put in order. */
function readAttempt(item: unknown, path: string): SmsDeliveryAttempt[] {
  if (!hasFields(item)) throw new MalformedField(path, "an object", item);
  const attempt = checkFields(attemptData, pickFields(item, attemptNames), `${path}.`);
  const at = readTime(attempt.timestamp);
  const { segmentsSucceeded, segmentsFailed } = attempt;
  return at === undefined
    ? []
    : [{ at, segmentsSucceeded: segmentsSucceeded ?? 0, segmentsFailed: segmentsFailed ?? 0 }];
}
