import { tell } from "../observers/tell.js";
import type { OptOutDifference, ReconcileReport } from "./reconcile-report.js";

const countOfKind = {
  "only-in-service": "onlyInService",
  "only-in-list": "onlyInList",
  unknown: "unknown",
} as const;

/** Counts while a comparison runs. */
export class ReconcileTally {
  readonly #dryRun: boolean;
  readonly #onDifference: ((difference: OptOutDifference) => void) | undefined;
  readonly #counts = {
    checked: 0,
    inBoth: 0,
    inNeither: 0,
    onlyInService: 0,
    onlyInList: 0,
    unknown: 0,
    recorded: 0,
    added: 0,
    failed: 0,
  };

  constructor(dryRun: boolean, onDifference: ((difference: OptOutDifference) => void) | undefined) {
    this.#dryRun = dryRun;
    this.#onDifference = onDifference;
  }

  agree(areOptedOut: boolean): void {
    this.#counts.checked++;
    this.#counts[areOptedOut ? "inBoth" : "inNeither"]++;
  }

  differ(difference: OptOutDifference): void {
    const { kind, action } = difference;
    this.#counts.checked++;
    this.#counts[countOfKind[kind]]++;
    if (action !== "none") this.#counts[action]++;
    tell("onDifference", this.#onDifference, difference);
  }

  report(): ReconcileReport {
    return { dryRun: this.#dryRun, ...this.#counts };
  }
}
