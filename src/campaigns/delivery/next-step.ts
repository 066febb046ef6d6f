import { isSmsError } from "../../errors/sms-error.js";
import type { BatchOutcome } from "./attempt-batch.js";

/**
 * What to do after a call for a batch:
 *
 * - `done`: all recipients have a verdict.
 * - `repeat`: the others are sent again under the same identity, which cannot double them.
 * - `retry`: nothing was sent to the others, and the reason may pass.
 * - `wait`: the same, and the service has said that it will.
 * - `give-up`: they may have been sent, and it is too late to repeat that safely.
 * - `stop`: the caller wants to.
 * - `fail`: the reason holds for all batches, and no other try will help.
 */
export type NextStep = "done" | "repeat" | "retry" | "wait" | "give-up" | "stop" | "fail";

export function nextStep({ open, firstSentAt, error }: BatchOutcome): NextStep {
  if (open.length === 0) return "done";
  if (isSmsError(error, "campaign-taken-over")) return "fail";
  if (isSmsError(error, "aborted")) return "stop";
  if (firstSentAt === undefined) return stepAfterRefusal(error);
  return finalCodes.some((code) => isSmsError(error, code)) ? "give-up" : "repeat";
}

/** What a further repeat would not change: it was refused, or comes too late for the service, or for the message. */
const finalCodes = ["outcome-unknown", "repeatability-window-passed", "expired"] as const;

/** A wrong key, a sender that is not ours, a tag that is too long: any other batch would be told the same. */
function stepAfterRefusal(error: Error | undefined): NextStep {
  const status: unknown = error === undefined ? undefined : Reflect.get(error, "statusCode");
  if (status === 429) return "wait";
  const isFinal = typeof status === "number" && status >= 400 && status < 500 && status !== 408;
  return isFinal ? "fail" : "retry";
}
