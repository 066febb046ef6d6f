import * as z from "zod";

import { dataFields } from "./read-data.js";
import type { OpenedEvent } from "./read-envelope.js";
import { checkFields, fieldNames } from "./read-fields.js";
import { anyText, nonEmptyText } from "./read-types.js";
import type { SubscriptionValidationEvent } from "./sms-event.js";

/** The data of `Microsoft.EventGrid.SubscriptionValidationEvent`. */
interface ValidationData {
  validationCode: string;
  validationUrl?: string | null | undefined;
}

const names = fieldNames("validationCode", "validationUrl");

const validationData: z.ZodType<ValidationData> = z.object({
  validationCode: nonEmptyText,
  validationUrl: anyText.nullish(),
});

export function readValidationEvent(event: OpenedEvent): SubscriptionValidationEvent {
  const { validationCode, validationUrl } = checkFields(validationData, dataFields(event, names), "data.");
  return {
    ...event.envelope,
    kind: "validation",
    validationCode,
    ...(typeof validationUrl === "string" && { validationUrl }),
  };
}
