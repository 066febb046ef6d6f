import type { SmsSendOptions, SmsSendRequest } from "../../client/send-request.js";
import type { SmsSendResult } from "../../client/send-result.js";
import { isSmsError } from "../../errors/sms-error.js";
import type { JournalItem, JournalResult } from "../journal/campaign-journal.js";

/** What sends one batch: an `SmsClient`. */
export interface BatchSender {
  send(request: SmsSendRequest, options: SmsSendOptions): Promise<readonly SmsSendResult[]>;
}

/** What one call for a batch brought. */
export interface BatchOutcome {
  /** Those of whom we know for good. */
  readonly results: readonly JournalResult[];
  /** The others. */
  readonly open: readonly JournalItem[];
  /** When the others may have been sent; `undefined` where they certainly were not. */
  readonly firstSentAt: Date | undefined;
  /** Why they are open. */
  readonly error: Error | undefined;
}

/**
 * Sends a batch once, retries of the client included.
 *
 * @throws TypeError or RangeError where the client does not take the message at all.
 */
export async function attemptBatch(
  sms: BatchSender,
  request: Omit<SmsSendRequest, "to">,
  items: readonly JournalItem[],
  options: SmsSendOptions,
): Promise<BatchOutcome> {
  const results = await sendAll(sms, { ...request, to: items.map(({ to }) => to) }, options);
  const known: JournalResult[] = [];
  const open: JournalItem[] = [];
  let firstSentAt: Date | undefined;
  let error: Error | undefined;
  for (const [index, item] of items.entries()) {
    const result = results[index];
    const verdict = result && verdictOf(item.key, result);
    if (verdict === undefined) open.push(item);
    else known.push(verdict);
    if (verdict !== undefined || result === undefined) continue;
    if (result.status === "unknown") firstSentAt = result.idempotency.firstSentAt;
    if ("error" in result) error ??= result.error;
  }
  return { results: known, open, firstSentAt, error };
}

/** A call of which nobody got a verdict throws, and says of each what is known. */
async function sendAll(
  sms: BatchSender,
  request: SmsSendRequest,
  options: SmsSendOptions,
): Promise<readonly SmsSendResult[]> {
  try {
    return await sms.send(request, options);
  } catch (error) {
    if (error instanceof Error && "results" in error && Array.isArray(error.results)) return error.results;
    throw error;
  }
}

function verdictOf(key: string, result: SmsSendResult): JournalResult | undefined {
  const { status, httpStatusCode, errorMessage } = result;
  if (status === "unsent")
    return isSmsError(result.error, "expired") ? { key, status: "expired" } : undefined;
  if (status === "unknown") return undefined;
  return {
    key,
    status,
    ...(httpStatusCode !== 0 && { httpStatusCode }),
    ...("messageId" in result && result.messageId !== undefined && { messageId: result.messageId }),
    ...(errorMessage !== undefined && errorMessage !== "" && { errorMessage }),
  };
}
