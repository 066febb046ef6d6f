/**
 * When there is something to be told:
 *
 * - `opt-out-rate`: more of the recipients delivered to opted out than `above`.
 * - `delivery-rate`: less of what was reported arrived than `below`.
 * - `failure-code`: a code has a larger share of what was reported than `above`; with `times`, only where that is so many
 *   times its share in the time before.
 *
 * Rates are from 0 to 1. With fewer than `atLeast` people reached (messages reported, for the other two) nothing is told, as
 * a rate of few says little. Default: 100.
 */
export type AlertRule =
  | { readonly kind: "opt-out-rate"; readonly above: number; readonly atLeast?: number | undefined }
  | { readonly kind: "delivery-rate"; readonly below: number; readonly atLeast?: number | undefined }
  | {
      readonly kind: "failure-code";
      /** As in `failedByCode`: `"4008"`. */
      readonly code: string;
      readonly above: number;
      readonly times?: number | undefined;
      readonly atLeast?: number | undefined;
    };

/** A rule that holds, and what it holds of. */
export interface Alert {
  readonly rule: AlertRule;
  /** The rate that the rule is about. */
  readonly rate: number;
  /** How many that is about: people reached, or messages reported. */
  readonly of: number;
  /** In a sentence, for people. */
  readonly message: string;
}
