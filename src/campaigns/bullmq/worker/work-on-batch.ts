import { isSmsError } from "../../../errors/sms-error.js";
import { safeError } from "../../../privacy/safe-error.js";
import { deliverBatch, type DeliveryTools } from "../../delivery/deliver-batch.js";
import { persistently } from "../../delivery/persistently.js";
import type { ReadyBatch } from "../../delivery/ready-batch.js";
import type { ClaimedBatch, JournalResult } from "../../journal/campaign-journal.js";
import { decodeMessage } from "../../message/batch-message.js";
import { assertKnown } from "../../sharing/assert-known.js";
import type { CampaignBatch } from "../../sharing/campaign-batch.js";

/**
 * How the work on a batch ended:
 *
 * - `done`: all its items have a result.
 * - `nothing`: somebody else has it, or had it before.
 * - `left`: the worker is to stop, and some items have none.
 * - `failed`: what stands in the way will not pass soon.
 */
export type BatchEnd =
  | { readonly kind: "done"; readonly results: readonly JournalResult[] }
  | { readonly kind: "nothing" | "left" }
  | { readonly kind: "failed"; readonly error: Error; readonly recipients?: number };

/** Claims a batch and delivers it. Never rejects; an error that it gives holds nothing private. */
export async function workOnBatch(
  tools: DeliveryTools,
  { campaign, batch }: CampaignBatch,
): Promise<BatchEnd> {
  const { journal, retryForInMs, stopSignal } = tools;
  let claimed: ClaimedBatch | undefined;
  try {
    if (stopSignal.aborted) return { kind: "left" };
    // A journal that is away for a while is no reason to give a batch up.
    claimed = await persistently(async () => journal.claim(campaign, batch), retryForInMs, stopSignal);
    if (claimed !== undefined) return await deliver(tools, { ...claimed, campaign });
    await assertKnown(journal, campaign);
    return { kind: "nothing" };
  } catch (error) {
    if (isSmsError(error, "campaign-taken-over")) return { kind: "nothing" };
    if (claimed === undefined) return { kind: "failed", error: safeError(error) };
    return { kind: "failed", error: harmless(error, claimed), recipients: claimed.items.length };
  }
}

function harmless(error: unknown, { message }: ClaimedBatch): Error {
  try {
    return safeError(error, [decodeMessage(message).text]);
  } catch {
    // Not the parser's own error, which shows what it could not read.
    return new TypeError("The message of a batch cannot be read: the journal is damaged.");
  }
}

async function deliver(tools: DeliveryTools, batch: ReadyBatch): Promise<BatchEnd> {
  const results = await deliverBatch(tools, batch);
  return results.length < batch.items.length ? { kind: "left" } : { kind: "done", results };
}
