import { isSmsError } from "../errors/sms-error.js";
import { observe } from "../observers/observe.js";
import type { SmsObserver } from "../observers/observer.js";
import type { SuppressionGate } from "../suppression/suppression-gate.js";
import type { RateGate } from "../rates/rate-gate.js";
import type { SmsTransport } from "../transport/sms-transport.js";
import { withAbortSignal } from "./abort-signal.js";
import type { DeliveryContext } from "./batch-delivery.js";
import { checkedConfirmation } from "./confirmation.js";
import { deliverBatch, notBegun, type BatchOutcome } from "./deliver-batch.js";
import { identityOf } from "./identity.js";
import { warnOfMissingList } from "./log.js";
import { checkedMessage } from "./message.js";
import { checkedPace } from "./pace.js";
import { resolveRecipients, type Recipients } from "./recipients.js";
import { invalidResult } from "./results.js";
import type { SmsSendOptions, SmsSendRequest } from "./send-request.js";
import { isVerdict, type SmsSendResult } from "./send-result.js";
import { splitEvery } from "./split-every.js";
import { tellResults } from "./tell-results.js";
import { withResults } from "./with-results.js";

/** How many requests of one call are under way at once. */
const maxConcurrentBatches = 5;

/** What a send works with. */
export interface SendDependencies {
  readonly transport: SmsTransport;
  readonly suppression: SuppressionGate | undefined;
  readonly rateLimiter: RateGate | undefined;
  readonly observers: readonly SmsObserver[];
  readonly defaultCountry: string | undefined;
  readonly repeatabilityWindowInMs: number;
}

/** Sends one message to any number of recipients: check, resolve, deliver in batches, merge. See `SmsClient.send`. */
export async function send(
  dependencies: SendDependencies,
  request: SmsSendRequest,
  options: SmsSendOptions,
): Promise<SmsSendResult[]> {
  dependencies.transport.assertUsable(options);
  const message = checkedMessage(request, options);
  const identity = identityOf(options.idempotency);
  const recipients = await resolveRecipients(request.to, dependencies.defaultCountry);
  const confirmation = checkedConfirmation(options.confirmation, message, recipients.distinct);
  const { observers, repeatabilityWindowInMs, transport } = dependencies;
  const suppression = dependencies.suppression ?? options.suppression;
  if (suppression === undefined) warnOfMissingList();
  return withAbortSignal(options.abortSignal, async (abortSignal) => {
    const context: DeliveryContext = {
      message,
      identity,
      suppression,
      confirmation,
      ...checkedPace(options, dependencies.rateLimiter),
      repeatabilityWindowInMs,
      abortSignal,
      tell: (observation) => observe(observers, observation),
    };
    const outcomes = await deliverAll(context, transport, recipients.distinct, options);
    const results = inInputOrder(recipients, outcomes);
    if (observers.length > 0) tellResults(context, results, outcomes);
    return resultsOrThrow(results, outcomes);
  });
}

/** Delivers the batches, a few at a time. One that fails does not harm the others, but may keep further ones back. */
async function deliverAll(
  context: DeliveryContext,
  transport: SmsTransport,
  numbers: readonly string[],
  options: SmsSendOptions,
): Promise<readonly BatchOutcome[]> {
  const batches = splitEvery(transport.maxRecipients, numbers);
  const [first] = batches;
  // Most calls are one batch, which needs no queue.
  if (batches.length === 1 && first !== undefined)
    return [await deliverBatch(context, transport, first, options)];
  const outcomes: BatchOutcome[] = [];
  const queue = batches.entries();
  let stop: Error | undefined;
  const work = async (): Promise<void> => {
    for (const [index, batch] of queue) {
      const outcome =
        stop === undefined
          ? await deliverBatch(context, transport, batch, options)
          : notBegun(context, batch, stop);
      outcomes[index] = outcome;
      if (outcome.error !== undefined && concernsAll(outcome.error, outcomes)) stop ??= outcome.error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxConcurrentBatches, batches.length) }, work));
  return outcomes;
}

/**
 * Whether what befell one batch awaits the others too: an abort, a failed suppression store, or a refusal of the key or
 * the sender while no batch has been answered.
 */
function concernsAll(error: Error, outcomes: readonly (BatchOutcome | undefined)[]): boolean {
  if (isSmsError(error, "aborted") || isSmsError(error, "suppression-unavailable")) return true;
  const isUnauthorized = "statusCode" in error && (error.statusCode === 401 || error.statusCode === 403);
  return isUnauthorized && !outcomes.some((outcome) => outcome !== undefined && outcome.error === undefined);
}

/** One result for each position of the caller's list. */
function inInputOrder(recipients: Recipients, outcomes: readonly BatchOutcome[]): SmsSendResult[] {
  const byNumber = new Map<string, SmsSendResult>();
  for (const { results } of outcomes) for (const result of results) byNumber.set(result.to, result);
  return recipients.given.map((given, index) => {
    const number = recipients.numbers[index];
    const result = number === undefined ? undefined : byNumber.get(number);
    return result ?? invalidResult(given);
  });
}

/** A call of which no recipient got a verdict failed as a whole, and says so by throwing; the results travel along. */
function resultsOrThrow(results: SmsSendResult[], outcomes: readonly BatchOutcome[]): SmsSendResult[] {
  if (results.some(isVerdict)) return results;
  const error = outcomes.find((outcome) => outcome.error !== undefined)?.error;
  if (error === undefined) return results;
  throw withResults(error, results);
}
