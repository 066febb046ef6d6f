import type { Delivery } from "../records.js";

/** The events that there are. */
export const eventTypes = [
  "Microsoft.Communication.SMSReceived",
  "Microsoft.Communication.SMSDeliveryReportReceived",
] as const;

/** The events in short. */
export const eventNames: Readonly<Record<Delivery["eventType"], string>> = {
  "Microsoft.Communication.SMSReceived": "SMSReceived",
  "Microsoft.Communication.SMSDeliveryReportReceived": "SMSDeliveryReportReceived",
};
