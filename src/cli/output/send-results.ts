import type { SmsPreview, SmsPreviewResult } from "../../client/preview.js";
import type { SmsSendResult } from "../../client/send-result.js";
import { redact } from "../../privacy/safe-error.js";
import { exitCodes } from "../exit-codes.js";
import { columns } from "./columns.js";
import type { Console } from "./console.js";
import { entrySummary } from "./entries.js";

/** Prints one line for each recipient, or one document, and gives the exit code. */
export async function printResults(
  results: readonly SmsSendResult[],
  isJson: boolean,
  console: Console,
): Promise<number> {
  if (isJson) await console.json({ results: results.map((result) => toJson(result, console)) });
  else
    await console.lines(
      columns(results.map((result) => [result.to, result.status, detailOf(result, console)])),
    );
  return worstOf(results);
}

/** The same for what would be sent. */
export async function printPreview(preview: SmsPreview, isJson: boolean, console: Console): Promise<number> {
  const { results, encoding, segments, messageUnits } = preview;
  if (isJson) {
    await console.json({ ...preview, results: results.map((result) => toJson(result, console)) });
    return worstOf(results);
  }
  await console.lines(
    columns(results.map((result) => [result.to, result.status, detailOf(result, console)])),
  );
  await console.lines([
    "",
    `${messageUnits} to be texted, ${segments} × ${encoding} each; nothing was sent.`,
  ]);
  return worstOf(results);
}

type AnyResult = SmsSendResult | SmsPreviewResult;

/** The codes are ordered by what matters more: somebody who should have been texted and was not. */
function worstOf(results: readonly AnyResult[]): number {
  const statuses = new Set(results.map(({ status }) => status));
  if (statuses.has("rejected") || statuses.has("unknown") || statuses.has("unsent")) return exitCodes.failed;
  return statuses.has("suppressed") || statuses.has("invalid") ? exitCodes.heldBack : exitCodes.ok;
}

function detailOf(result: AnyResult, console: Console): string {
  if (result.status === "accepted") return result.messageId;
  if (result.status === "suppressed") return entrySummary(result.entry);
  if (!("error" in result)) return "";
  const repeat = "idempotency" in result ? ` ${repeatLine(result.idempotency)}` : "";
  return redact(result.error.message, console.secrets) + repeat;
}

function repeatLine({ key, firstSentAt }: { readonly key: string; readonly firstSentAt: Date }): string {
  return `Within five minutes it can be repeated with --key ${key} --first-sent-at ${firstSentAt.toISOString()}`;
}

/** An `Error` in JSON is an empty object, so it goes as its words. */
function toJson(result: AnyResult, console: Console): object {
  if (!("error" in result)) return result;
  return { ...result, error: redact(result.error.message, console.secrets) };
}
