import { AbortError, SmsError } from "../errors/sms-error.js";
import { safeError } from "../privacy/safe-error.js";
import type { SmsOperationOptions, SmsTransport } from "../transport/sms-transport.js";
import { BatchDelivery, type DeliveryContext } from "./batch-delivery.js";
import { matchAnswers } from "./match-answers.js";
import { answeredResult, stoppedResult, unsettledResult } from "./results.js";
import type { SmsSendResult } from "./send-result.js";

/** What became of a batch: a result for each of its recipients, and the error behind those without a verdict. */
export interface BatchOutcome {
  readonly results: readonly SmsSendResult[];
  readonly error?: Error;
  /** When it was over. */
  readonly at: Date;
}

/** Delivers one batch. Never rejects: what went wrong is in the results. */
export async function deliverBatch(
  context: DeliveryContext,
  transport: SmsTransport,
  numbers: readonly string[],
  options: SmsOperationOptions,
): Promise<BatchOutcome> {
  const delivery = new BatchDelivery(context, numbers);
  const { key } = context.identity;
  try {
    const answers = await transport.send(delivery, { ...options, abortSignal: context.abortSignal });
    const recipients = delivery.remaining.map(({ to }) => to);
    const matched = matchAnswers(recipients, answers);
    const answered = recipients.map((to, index) => answeredResult(to, matched[index], delivery, key));
    return {
      results: delivery.stopped.size === 0 ? answered : [...answered, ...stoppedResults(delivery, key)],
      at: new Date(),
    };
  } catch (cause) {
    const error = asFailure(cause, context);
    const unsettled = delivery.remaining.map(({ to }) => unsettledResult(to, error, delivery, key));
    return {
      results: [...unsettled, ...stoppedResults(delivery, key)],
      ...(unsettled.length > 0 && { error }),
      at: new Date(),
    };
  }
}

/** The outcome of a batch that is not begun because of what befell another. */
export function notBegun(context: DeliveryContext, numbers: readonly string[], error: Error): BatchOutcome {
  const delivery = new BatchDelivery(context, numbers);
  const results = numbers.map((to) => unsettledResult(to, error, delivery, context.identity.key));
  return { results, error, at: new Date() };
}

function stoppedResults(delivery: BatchDelivery, key: string): SmsSendResult[] {
  return Array.from(delivery.stopped, ([to, stop]) => stoppedResult(to, stop, delivery, key));
}

/** One kind of abort, whoever noticed it first, and nothing private in what others threw. */
function asFailure(error: unknown, { abortSignal, message }: DeliveryContext): Error {
  if (error instanceof SmsError) return error;
  const failure = safeError(error, [message.text]);
  const isAbort = failure.name === "AbortError" && abortSignal?.aborted === true;
  return isAbort ? new AbortError(abortSignal.reason) : failure;
}
