import { countSegments, type SegmentCount } from "../text/segments.js";
import { withAbortSignal } from "./abort-signal.js";
import { checkedMessage } from "./message.js";
import { resolveRecipients } from "./recipients.js";
import { invalidResult, suppressedResult } from "./results.js";
import type { SendDependencies } from "./send.js";
import type { SmsSendOptions, SmsSendRequest } from "./send-request.js";
import type { SmsInvalidResult, SmsSuppressedResult } from "./send-result.js";
import { splitEvery } from "./split-every.js";

/** What a send would do for one recipient: text them (`ready`; `unchecked` without a suppression list), or not. */
export type SmsPreviewResult =
  | { readonly to: string; readonly status: "ready" | "unchecked" }
  | SmsSuppressedResult
  | SmsInvalidResult;

/** What a send would do, and what it would cost. */
export interface SmsPreview {
  /** One for each position of `to`, in order. */
  readonly results: readonly SmsPreviewResult[];
  readonly encoding: SegmentCount["encoding"];
  /** Segments of the text; carriers charge for each, to each recipient. */
  readonly segments: number;
  /** What rate limits count: one for each distinct recipient that would be texted. */
  readonly messageUnits: number;
}

/** The path of a send, without the wire. See `SmsClient.preview`. */
export async function preview(
  { transport, suppression, defaultCountry }: SendDependencies,
  request: SmsSendRequest,
  options: SmsSendOptions,
): Promise<SmsPreview> {
  const { from, text } = checkedMessage(request, options);
  const { given, numbers, distinct } = await resolveRecipients(request.to, defaultCountry);
  const verdicts = new Map<string, SmsPreviewResult>();
  await withAbortSignal(options.abortSignal, async (abortSignal) => {
    for (const batch of splitEvery(transport.maxRecipients, distinct)) {
      const decisions = await suppression?.check(from, batch, { abortSignal });
      for (const [index, to] of batch.entries()) {
        const decision = decisions?.[index];
        if (decision?.suppressed === true) verdicts.set(to, suppressedResult(to, decision.entry));
        else verdicts.set(to, { to, status: suppression === undefined ? "unchecked" : "ready" });
      }
    }
  });
  const { encoding, segments } = countSegments(text);
  const messageUnits = [...verdicts.values()].filter(({ status }) => status !== "suppressed").length;
  const results = given.map((asked, index) => verdicts.get(numbers[index] ?? "") ?? invalidResult(asked));
  return { results, encoding, segments, messageUnits };
}
