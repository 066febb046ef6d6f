import { tell } from "../../observers/tell.js";
import type { CampaignProgress, CampaignResult, CampaignTotals } from "../campaign-result.js";

const toldEveryInMs = 250;
const rateOverInMs = 30_000;

/** Counts the results of a run, and tells how far it is. */
export class Scorekeeper {
  readonly #tell: ((progress: CampaignProgress) => void) | undefined;
  readonly #startedAt = performance.now();
  readonly #totals: Record<CampaignResult["status"], number> = {
    accepted: 0,
    rejected: 0,
    suppressed: 0,
    invalid: 0,
    duplicate: 0,
    expired: 0,
    unknown: 0,
  };
  /** How many messages were accepted when, oldest first. */
  #moments: { readonly at: number; readonly accepted: number }[] = [];
  #results = 0;
  #earlier = 0;
  #accepted = 0;
  #toldAt = -Infinity;
  /** What was told failed later; it ends the run, as what it throws does. */
  #failure: { readonly error: unknown } | undefined;

  constructor(tell: ((progress: CampaignProgress) => void) | undefined) {
    this.#tell = tell;
  }

  get totals(): CampaignTotals {
    return { ...this.#totals };
  }

  add(results: readonly CampaignResult[]): void {
    for (const { status, isEarlier } of results) {
      this.#totals[status] += 1;
      this.#results += 1;
      if (isEarlier) this.#earlier += 1;
      else if (status === "accepted") this.#accepted += 1;
    }
    this.tell(false);
  }

  /** @param isLast - Whether it is told however short the last time was ago. */
  tell(isLast: boolean): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    const now = performance.now();
    if (this.#tell === undefined || (!isLast && now - this.#toldAt < toldEveryInMs)) return;
    this.#toldAt = now;
    // At the end there is no run left to end.
    const onLater = isLast ? undefined : (error: unknown): void => void (this.#failure ??= { error });
    tell("onProgress", this.#tell, this.#progress(now), onLater);
  }

  #progress(now: number): CampaignProgress {
    return {
      totals: this.totals,
      results: this.#results,
      earlier: this.#earlier,
      acceptedPerMinute: this.#acceptedPerMinute(now),
      elapsedInMs: Math.round(now - this.#startedAt),
    };
  }

  #acceptedPerMinute(now: number): number {
    this.#moments.push({ at: now, accepted: this.#accepted });
    const firstKept = this.#moments.findIndex(({ at }) => now - at <= rateOverInMs);
    this.#moments.splice(0, firstKept);
    const [oldest] = this.#moments;
    const since = oldest === undefined || this.#moments.length === 1 ? this.#startedAt : oldest.at;
    const before = oldest === undefined || this.#moments.length === 1 ? 0 : oldest.accepted;
    const minutes = (now - since) / 60_000;
    return minutes <= 0 ? 0 : Math.round((this.#accepted - before) / minutes);
  }
}
