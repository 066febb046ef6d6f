import * as z from "zod";

import { dataFields, eventTimes } from "./read-data.js";
import type { OpenedEvent } from "./read-envelope.js";
import { checkFields, fieldNames } from "./read-fields.js";
import { address, anyText, count, nonEmptyText, readAddress, readTime, time } from "./read-types.js";
import type { SmsMessageEvent } from "./sms-event.js";

/** The data of `Microsoft.Communication.SMSReceived`. */
interface ReceivedData {
  messageId: string;
  from: string;
  to: string;
  message: string;
  receivedTimestamp?: string | Date | null | undefined;
  segmentCount?: number | null | undefined;
}

const names = fieldNames("messageId", "from", "to", "message", "receivedTimestamp", "segmentCount");

const receivedData: z.ZodType<ReceivedData> = z.object({
  messageId: nonEmptyText,
  from: address,
  to: address,
  message: anyText,
  receivedTimestamp: time.nullish(),
  segmentCount: count.nullish(),
});

export function readMessageEvent(event: OpenedEvent): SmsMessageEvent {
  const data = checkFields(receivedData, dataFields(event, names), "data.");
  const { messageId, from, to, message, segmentCount } = data;
  const { eventAt, receivedAt } = eventTimes(event, readTime(data.receivedTimestamp));
  return {
    ...event.envelope,
    kind: "message",
    eventAt,
    message: {
      messageId,
      from: readAddress(from),
      to: readAddress(to),
      message,
      receivedAt,
      ...(typeof segmentCount === "number" && { segmentCount }),
    },
  };
}
