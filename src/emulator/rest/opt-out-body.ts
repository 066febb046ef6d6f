import { z } from "zod";
import type { FieldErrors } from "./error-answers.js";
import { fieldErrorsOf } from "./field-errors.js";
import { filledText, listUpTo } from "./lengths.js";

/** The body of the three opt-out operations. */
export interface OptOutBody {
  readonly from: string;
  readonly recipients: readonly { readonly to: string }[];
}

/** A body of the right shape, or what is wrong with it. */
export function readOptOutBody(json: unknown): OptOutBody | { errors: FieldErrors } {
  const result = schema.safeParse(json);
  return result.success ? result.data : { errors: fieldErrorsOf(result.error) };
}

const badFrom = { error: "Invalid from phone number format." };
const badRecipient = { error: "Invalid recipient phone number format." };
// [INFER] The service's words for this are not documented.
const recipientCount = { error: "The field Recipients must hold 1 to 100 recipients." };

const schema: z.ZodType<OptOutBody> = z.object(
  {
    from: filledText(badFrom),
    recipients: listUpTo(100, z.object({ to: filledText(badRecipient) }, badRecipient), recipientCount),
  },
  { error: "The request body must be a JSON object." },
);
