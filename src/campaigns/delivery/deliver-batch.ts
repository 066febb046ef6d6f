import { setTimeout as delay } from "node:timers/promises";

import type { SmsIdempotency, SmsUpcomingAttempt } from "../../client/send-request.js";
import { SmsError } from "../../errors/sms-error.js";
import type { RateGate, SendLane } from "../../rates/rate-gate.js";
import type { CampaignJournal, JournalResult } from "../journal/campaign-journal.js";
import { decodeMessage } from "../message/batch-message.js";
import { attemptBatch, type BatchOutcome, type BatchSender } from "./attempt-batch.js";
import { nextStep, type NextStep } from "./next-step.js";
import { Patience } from "./patience.js";
import { persistently } from "./persistently.js";
import type { ReadyBatch } from "./ready-batch.js";

/** What all batches of a run, or of a worker, are delivered with. */
export interface DeliveryTools {
  readonly sms: BatchSender;
  readonly journal: CampaignJournal;
  readonly rateLimiter: RateGate;
  readonly lane: SendLane;
  readonly onUnknown: "hold" | "resend";
  readonly retryForInMs: number;
  /** Nothing new is begun once it is aborted; what is under way comes to its end. */
  readonly stopSignal: AbortSignal;
  /** Ends what is under way, too. */
  readonly endSignal: AbortSignal;
}

/** So many times a batch is sent anew after it was given up. */
const mostRenewals = 3;

/**
 * Delivers a batch that we hold, and writes down what became of it. It is tried again while that is safe, and while there
 * is hope.
 *
 * @returns The results that this call brought. Items that had to be left, as the caller wants to stop, have none.
 * @throws What stands in the way of other batches as well; SmsError `campaign-taken-over` where we lost the batch.
 */
export async function deliverBatch(
  tools: DeliveryTools,
  claimed: ReadyBatch,
): Promise<readonly JournalResult[]> {
  const { onUnknown, retryForInMs, stopSignal } = tools;
  const patience = new Patience(retryForInMs);
  const results: JournalResult[] = [];
  let batch = claimed;
  for (let renewals = 0; ;) {
    const outcome = await attempt(tools, batch);
    const step = nextStep(outcome);
    const isRenewed = step === "give-up" && onUnknown === "resend" && renewals < mostRenewals;
    results.push(...(await settle(tools, batch, outcome, isRenewed ? "repeat" : step)));
    if (isRenewed) {
      renewals += 1;
      batch = await renewed(tools, batch, outcome);
      continue;
    }
    if (step === "done" || step === "give-up" || step === "stop") return results;
    if (step === "fail" || (step === "retry" && patience.isOver)) throw reasonOf(outcome);
    // The rate limiter has heard, too, and lets nobody through for a while.
    const isSoon = step === "wait";
    if (!isSoon && !(await paused(patience.next(), stopSignal))) return results;
    batch = remaining(batch, outcome);
  }
}

async function attempt(tools: DeliveryTools, batch: ReadyBatch): Promise<BatchOutcome> {
  const { sms, journal, rateLimiter, lane, endSignal } = tools;
  const { text, sendBefore, options } = decodeMessage(batch.message);
  const request = { from: batch.from, message: text };
  return attemptBatch(sms, request, batch.items, {
    ...options,
    idempotency: identityOf(batch),
    rateLimiter,
    // A repeat is safe for a few minutes only, and does not wait behind what was never sent.
    lane: batch.firstSentAt !== undefined && lane === "bulk" ? "normal" : lane,
    ...(sendBefore !== undefined && { sendBefore }),
    abortSignal: endSignal,
    beforeAttempt: async ({ firstSentAt }: SmsUpcomingAttempt) => {
      if (!(await journal.begin(batch, firstSentAt))) throw lost();
    },
  });
}

/** What its messages are to the service: the same for whoever comes to deliver the batch. */
function identityOf({ identity, batch, generation, firstSentAt }: ReadyBatch): SmsIdempotency {
  const key = `${identity}/${batch}/${generation}`;
  return firstSentAt === undefined ? { key } : { key, firstSentAt };
}

async function settle(
  tools: DeliveryTools,
  batch: ReadyBatch,
  { results, open, firstSentAt, error }: BatchOutcome,
  step: NextStep,
): Promise<readonly JournalResult[]> {
  const { journal, retryForInMs } = tools;
  const errorMessage = error?.message ?? "Nothing is known of this recipient.";
  const unknown = open.map(({ key }) => ({ key, status: "unknown", errorMessage }) as const);
  const known = step === "give-up" ? [...results, ...unknown] : results;
  // Not ended by a stop: what was sent is to be written down.
  await persistently(async () => journal.settle(batch, { results: known, firstSentAt }), retryForInMs);
  return known;
}

async function renewed(
  { journal }: DeliveryTools,
  batch: ReadyBatch,
  { open }: BatchOutcome,
): Promise<ReadyBatch> {
  const generation = await journal.renew(batch);
  if (generation === undefined) throw lost();
  const { firstSentAt: _, ...rest } = batch;
  return { ...rest, generation, items: open };
}

function remaining(batch: ReadyBatch, { open, firstSentAt }: BatchOutcome): ReadyBatch {
  const { firstSentAt: _, ...rest } = batch;
  return { ...rest, items: open, ...(firstSentAt !== undefined && { firstSentAt }) };
}

/** @returns `false` where it was ended early. */
async function paused(delayInMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(delayInMs, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

function reasonOf({ error }: BatchOutcome): Error {
  return error ?? new SmsError("answer-incomplete", "The service's answer says nothing about a batch.");
}

function lost(): SmsError {
  return new SmsError("campaign-taken-over", "Somebody else has this batch of the campaign now.");
}
