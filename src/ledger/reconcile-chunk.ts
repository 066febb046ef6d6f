import type { OptOutCheckResult, OptOutResult } from "../client/opt-outs.js";
import { SmsError } from "../errors/sms-error.js";
import type { SuppressionDecision } from "../suppression/decide.js";
import { recipientKeysOf } from "../suppression/key-of.js";
import type { ReconcileOptions } from "./reconcile-options.js";
import type { OptOutDifference } from "./reconcile-report.js";
import type { ReconcileTally } from "./reconcile-tally.js";

/** What one side has and the other has not, before anything is done about it. */
type Found = Omit<OptOutDifference, "action">;

/** Compares some recipients at a time, and adds what is missing. */
export class ChunkReconciliation {
  readonly #options: ReconcileOptions;
  readonly #tally: ReconcileTally;

  constructor(options: ReconcileOptions, tally: ReconcileTally) {
    this.#options = options;
    this.#tally = tally;
  }

  /** The list is asked after the service, so that what is then added to the service goes by a fresh decision. */
  async reconcile(given: readonly unknown[]): Promise<void> {
    const recipients = this.#readable(given);
    if (recipients.length === 0) return;
    const { optOuts, suppression, from, abortSignal } = this.#options;
    const at = new Date();
    const answers = await optOuts.check(from, recipients, { abortSignal });
    const decisions = await suppression.check(from, recipients, { abortSignal });
    const found = recipients.flatMap(
      (recipient, index) => this.#compare(recipient, answers[index], decisions[index]) ?? [],
    );
    const {
      unknown = [],
      "only-in-service": inService = [],
      "only-in-list": inList = [],
    } = Object.groupBy(found, ({ kind }) => kind);
    for (const difference of unknown) this.#tally.differ({ ...difference, action: "none" });
    await this.#record(inService, at);
    await this.#add(inList);
  }

  /** The service cannot be asked about what is no whole number: that is unknown. */
  #readable(given: readonly unknown[]): string[] {
    return given.flatMap((number) => {
      try {
        return recipientKeysOf("recipients", [number]);
      } catch {
        const error = new SmsError("invalid-phone-number", "Not a phone number in E.164.");
        this.#tally.differ({ recipient: String(number), kind: "unknown", action: "none", error });
        return [];
      }
    });
  }

  #compare(
    recipient: string,
    answer: OptOutCheckResult | undefined,
    decision: SuppressionDecision | undefined,
  ): Found | undefined {
    if (answer?.isOptedOut === undefined || decision === undefined) {
      return { recipient, kind: "unknown", error: answer?.error ?? unanswered() };
    }
    if (answer.isOptedOut !== decision.suppressed) {
      if (!decision.suppressed) return { recipient, kind: "only-in-service" };
      return { recipient, kind: "only-in-list", entry: decision.entry };
    }
    this.#tally.agree(decision.suppressed);
    return undefined;
  }

  /** Dated when the check began: the service knows no time, and a START since then must win. */
  async #record(found: readonly Found[], at: Date): Promise<void> {
    const { suppression, from, direction, dryRun = false, abortSignal } = this.#options;
    const acts = !dryRun && direction !== "to-service" && found.length > 0;
    if (acts) await suppression.optOut(from, numbersOf(found), { source: "service", at, abortSignal });
    for (const difference of found) this.#tally.differ({ ...difference, action: acts ? "recorded" : "none" });
  }

  async #add(found: readonly Found[]): Promise<void> {
    const { optOuts, from, direction, dryRun = false, abortSignal } = this.#options;
    const acts = !dryRun && direction !== "from-service" && found.length > 0;
    const results = acts ? await optOuts.add(from, numbersOf(found), { abortSignal }) : [];
    for (const [index, difference] of found.entries()) {
      this.#tally.differ(
        acts ? { ...difference, ...additionOf(results[index]) } : { ...difference, action: "none" },
      );
    }
  }
}

function numbersOf(found: readonly Found[]): string[] {
  return found.map(({ recipient }) => recipient);
}

function additionOf(result: OptOutResult | undefined): Pick<OptOutDifference, "action" | "error"> {
  const error = result === undefined ? unanswered() : result.error;
  return error === undefined ? { action: "added" } : { action: "failed", error };
}

function unanswered(): SmsError {
  return new SmsError("answer-incomplete", "Nothing was said about this recipient.");
}
