import { throwIfAborted } from "../errors/abort.js";
import { SmsError } from "../errors/sms-error.js";
import type { SmsObservation } from "../observers/observer.js";
import type { RateGate, SendLane } from "../rates/rate-gate.js";
import type { ConfirmationGrant } from "../suppression/confirmation.js";
import type { SuppressionGate } from "../suppression/suppression-gate.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import type {
  SmsAttempt,
  SmsAttemptOutcome,
  SmsBatch,
  SmsBatchRecipient,
  SmsMessage,
} from "../transport/sms-transport.js";
import { repeatabilityIds, type Identity } from "./identity.js";
import type { SmsUpcomingAttempt } from "./send-request.js";

/** A recipient whom the suppression list stopped. */
export interface StoppedRecipient {
  readonly entry: SuppressionEntry;
  /** Whether an earlier attempt of this call may have reached them. */
  readonly mayHaveArrived: boolean;
}

/** What the batches of one call share. */
export interface DeliveryContext {
  readonly message: SmsMessage;
  readonly identity: Identity;
  readonly suppression: SuppressionGate | undefined;
  readonly confirmation: ConfirmationGrant | undefined;
  readonly rateLimiter: RateGate | undefined;
  readonly lane: SendLane;
  readonly sendBefore: Date | undefined;
  readonly beforeAttempt: ((attempt: SmsUpcomingAttempt) => void | Promise<void>) | undefined;
  readonly repeatabilityWindowInMs: number;
  readonly abortSignal: AbortSignal | undefined;
  readonly tell: (observation: SmsObservation) => void;
}

/** How long it may take to write down that an attempt is about to leave: then others may think it was given up. */
const mostAnnouncingInMs = 10_000;

/**
 * One batch on its way. This is the one place where a message leaves: every attempt passes `nextAttempt`, which asks the
 * suppression list anew and lets through only those who have not opted out by then.
 */
export class BatchDelivery implements SmsBatch {
  readonly message: SmsMessage;
  readonly #context: DeliveryContext;
  readonly #stopped = new Map<string, StoppedRecipient>();
  #remaining: readonly SmsBatchRecipient[];
  #firstSentAt: Date | undefined;
  #mayHaveArrived: boolean;
  #isRepeat = false;
  #attempts = 0;
  /** The opt-out that the confirmation was claimed against: retries of that text pass it, a newer opt-out stops them. */
  #confirmed: SuppressionEntry | undefined;

  constructor(context: DeliveryContext, recipients: readonly string[]) {
    const { message, identity } = context;
    this.#context = context;
    this.message = message;
    this.#firstSentAt = identity.firstSentAt;
    this.#mayHaveArrived = identity.isRepeat;
    const idOf = repeatabilityIds(identity.key, message.from);
    this.#remaining = recipients.map((to) => ({ to, repeatabilityRequestId: idOf(to) }));
  }

  /** The recipients that the last attempt carried, or that the next one would. */
  get remaining(): readonly SmsBatchRecipient[] {
    return this.#remaining;
  }

  /** Whether some attempt may have been taken by the service. */
  get mayHaveArrived(): boolean {
    return this.#mayHaveArrived;
  }

  /** Whether the last attempt was the repeat of one that may have been taken. */
  get isRepeat(): boolean {
    return this.#isRepeat;
  }

  /** When the message was first tried, where that matters to a repeat. */
  get firstSentAt(): Date | undefined {
    return this.#firstSentAt;
  }

  /** Whom the suppression list stopped, by number. */
  get stopped(): ReadonlyMap<string, StoppedRecipient> {
    return this.#stopped;
  }

  async nextAttempt(): Promise<SmsAttempt> {
    const { rateLimiter, lane, sendBefore, abortSignal } = this.#context;
    if (rateLimiter === undefined) return this.#checkedAttempt();
    throwIfAborted(abortSignal);
    this.#assertTimely();
    const sender = this.message.from;
    const units = this.#remaining.length;
    await rateLimiter.acquire({ sender, units, lane, sendBefore, abortSignal });
    let used = 0;
    try {
      const attempt = await this.#checkedAttempt();
      used = attempt.recipients.length;
      return attempt;
    } finally {
      if (used < units) rateLimiter.giveBack(sender, units - used);
    }
  }

  async #checkedAttempt(): Promise<SmsAttempt> {
    await this.#removeOptedOut();
    throwIfAborted(this.#context.abortSignal);
    this.#assertTimely();
    if (this.#remaining.length === 0) throw new SmsError("outcome-unknown", "Every recipient has opted out.");
    // The wire has whole seconds; a repeat under this identity must say the same ones.
    this.#firstSentAt ??= new Date(Math.floor(Date.now() / 1000) * 1000);
    await this.#announce(this.#firstSentAt);
    this.#attempts += 1;
    this.#isRepeat = this.#mayHaveArrived;
    const startedAt = Date.now();
    const attempt = { recipients: this.#remaining, firstSentAt: this.#firstSentAt };
    return { ...attempt, settle: (outcome) => this.#settle(outcome, startedAt) };
  }

  async #announce(firstSentAt: Date): Promise<void> {
    const { beforeAttempt } = this.#context;
    if (beforeAttempt === undefined) return;
    const startedAt = Date.now();
    const recipients = this.#remaining.map(({ to }) => to);
    const attempt = this.#attempts + 1;
    await beforeAttempt({
      from: this.message.from,
      recipients,
      firstSentAt,
      attempt,
      isRepeat: this.#mayHaveArrived,
    });
    if (Date.now() - startedAt <= mostAnnouncingInMs) return;
    throw new SmsError("attempt-stale", "Announcing the attempt took too long, and it was not made.");
  }

  /**
   * A definite refusal frees the identity's time, unless an earlier attempt may have been taken under it, or the caller
   * wrote it down.
   */
  #settle(outcome: SmsAttemptOutcome, startedAt: number): void {
    if (outcome.verdict !== "refused") this.#mayHaveArrived = true;
    else if (!this.#mayHaveArrived) this.#firstSentAt = this.#context.identity.firstSentAt;
    this.#context.rateLimiter?.report(this.message.from, outcome);
    this.#context.tell({
      type: "attempt",
      at: new Date(),
      from: this.message.from,
      recipients: this.#remaining.length,
      attempt: this.#attempts,
      durationInMs: Date.now() - startedAt,
      ...outcome,
    });
  }

  async #removeOptedOut(): Promise<void> {
    const { suppression, abortSignal } = this.#context;
    throwIfAborted(abortSignal);
    if (suppression === undefined) return;
    const recipients = this.#remaining.map(({ to }) => to);
    const decisions = await suppression.check(this.message.from, recipients, { abortSignal });
    const allowed: SmsBatchRecipient[] = [];
    for (const [index, recipient] of this.#remaining.entries()) {
      const decision = decisions[index];
      if (decision === undefined)
        throw new SmsError("suppression-unavailable", "The suppression list skipped a recipient.");
      if (!decision.suppressed || (await this.#isConfirmation(suppression, decision.entry)))
        allowed.push(recipient);
      else this.#stopped.set(recipient.to, this.#stoppedBy(decision.entry));
    }
    if (allowed.length < this.#remaining.length) this.#remaining = allowed;
  }

  #stoppedBy(entry: SuppressionEntry): StoppedRecipient {
    return { entry, mayHaveArrived: this.#attempts > 0 && this.#mayHaveArrived };
  }

  async #isConfirmation(suppression: SuppressionGate, entry: SuppressionEntry): Promise<boolean> {
    const { confirmation, abortSignal } = this.#context;
    if (confirmation === undefined) return false;
    if (this.#confirmed !== undefined) return isSameOptOut(this.#confirmed, entry);
    if (!(await suppression.claimConfirmation(confirmation, entry, { abortSignal }))) return false;
    this.#confirmed = entry;
    return true;
  }

  /** Too late is a message nobody needs any more, and a repeat that would be a second message. */
  #assertTimely(): void {
    const { repeatabilityWindowInMs, sendBefore } = this.#context;
    if (sendBefore !== undefined && Date.now() >= sendBefore.getTime())
      throw new SmsError("expired", "The message did not leave before its `sendBefore`.");
    if (!this.#mayHaveArrived || this.#firstSentAt === undefined) return;
    if (Date.now() - this.#firstSentAt.getTime() < repeatabilityWindowInMs) return;
    const window = `${repeatabilityWindowInMs / 1000} s`;
    const message = `The message was first tried more than ${window} ago, and may arrive twice if it is repeated now.`;
    throw new SmsError("repeatability-window-passed", message);
  }
}

function isSameOptOut(a: SuppressionEntry, b: SuppressionEntry): boolean {
  return a.sender === b.sender && a.at.getTime() === b.at.getTime() && a.messageId === b.messageId;
}
