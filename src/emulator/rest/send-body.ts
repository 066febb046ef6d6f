import { z } from "zod";
import type { ApiVersion } from "./api-versions.js";
import type { FieldErrors } from "./error-answers.js";
import { fieldErrorsOf } from "./field-errors.js";
import { filledText, listUpTo } from "./lengths.js";
import type { MessagingConnect } from "./messaging-connect.js";

/** The body of `POST /sms`. */
export interface SendBody {
  readonly from: string;
  readonly smsRecipients: readonly SendRecipient[];
  readonly message: string;
  readonly smsSendOptions?: SendOptions | null | undefined;
}

/** One recipient of it. */
export interface SendRecipient {
  readonly to: string;
  readonly repeatabilityRequestId?: string | null | undefined;
  readonly repeatabilityFirstSent?: string | null | undefined;
}

/** What is acted on; the rest is only checked. */
interface SendOptions {
  readonly enableDeliveryReport: boolean;
  readonly tag?: string | null | undefined;
  /** Absent in versions that do not know it. */
  readonly deliveryReportTimeoutInSeconds?: number | null | undefined;
  /** Absent in versions that do not know it. */
  readonly messagingConnect?: MessagingConnect | null | undefined;
}

/** A body of the right shape, or what is wrong with it, under the rules of one version. */
export function readSendBody(json: unknown, version: ApiVersion): SendBody | { errors: FieldErrors } {
  const result = schemaOf(version).safeParse(json);
  return result.success ? result.data : { errors: fieldErrorsOf(result.error) };
}

const schemas = new Map<ApiVersion, z.ZodType<SendBody>>();

/** A schema is compiled once for each version that is used. */
function schemaOf(version: ApiVersion): z.ZodType<SendBody> {
  const schema = schemas.get(version) ?? sendBody(version);
  schemas.set(version, schema);
  return schema;
}

const badRecipient = { error: "Invalid recipient phone number format." };
const badFrom = { error: "Invalid from phone number format." };
// [INFER] The service's words for these are not documented; they follow ASP.NET's.
const recipientCount = { error: "The field SmsRecipients must hold 1 to 100 recipients." };
const messageLength = { error: "The field Message must be a string with a maximum length of 2048." };

/** Unknown properties are ignored [INFER], as ASP.NET does; a null counts as an absent one. */
function sendBody(version: ApiVersion): z.ZodType<SendBody> {
  return z.object(
    {
      from: filledText(badFrom),
      smsRecipients: listUpTo(100, recipient, recipientCount),
      // [INFER] The specification counts characters; sdk-features.md says bytes.
      message: z
        .string({ error: "The Message field is required." })
        .refine(({ length }) => length <= 2048, messageLength),
      smsSendOptions: sendOptions(version).nullish(),
    },
    { error: "The request body must be a JSON object." },
  );
}

const recipient = z.object(
  {
    to: filledText(badRecipient),
    repeatabilityRequestId: z.string({ error: "RepeatabilityRequestId must be a string." }).nullish(),
    repeatabilityFirstSent: z.string({ error: "RepeatabilityFirstSent must be a string." }).nullish(),
  },
  badRecipient,
);

function sendOptions(version: ApiVersion): z.ZodType<SendOptions> {
  return z.object(
    {
      enableDeliveryReport: z.boolean({ error: "The EnableDeliveryReport field is required." }),
      tag: z.string({ error: "The field Tag must be a string." }).nullish(),
      deliveryReportTimeoutInSeconds: version.hasReportTimeout ? reportTimeout.nullish() : unknown,
      messagingConnect: messagingConnect(version),
    },
    { error: "The field SmsSendOptions must be an object." },
  );
}

/** A property that the version does not know. */
const unknown = z
  .unknown()
  .optional()
  .transform(() => undefined);
const timeoutRange = { error: "The field DeliveryReportTimeoutInSeconds must be between 60 and 43200." };
const reportTimeout = z.int(timeoutRange).min(60, timeoutRange).max(43_200, timeoutRange);

/** Its shape changed with 2026-01-23; the partner is compared with the sender's elsewhere. */
function messagingConnect(version: ApiVersion): z.ZodType<MessagingConnect | null | undefined> {
  if (version.messagingConnect === "none") return unknown;
  const error = { error: "The MessagingConnect field is not valid." };
  const text = filledText(error);
  const params = z.record(z.string(), z.unknown(), error);
  const shape =
    version.messagingConnect === "api-key"
      ? { apiKey: text, partner: text }
      : { partner: text, partnerParams: params.refine((given) => Object.keys(given).length > 0, error) };
  return z.object(shape, error).nullish();
}
