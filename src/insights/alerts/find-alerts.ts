import { expected, expectedRange } from "../../errors/expected.js";
import type { SummaryFigures } from "../summary.js";
import type { Alert, AlertRule } from "./alert-rule.js";

const defaultAtLeast = 100;

/** What a rule looks at. */
interface Measured {
  readonly rate: number;
  /** How many messages that is a rate of. */
  readonly of: number;
}

/**
 * The rules that hold of some figures.
 *
 * @param before - Those of the time before, for rules with `times`.
 * @throws TypeError or RangeError for a malformed rule.
 */
export function findAlerts(
  rules: readonly AlertRule[],
  figures: SummaryFigures,
  before?: SummaryFigures,
): Alert[] {
  checkRules(rules);
  return rules.flatMap((rule) => {
    const { rate, of } = measured(rule, figures);
    // A rate of nothing is none, however few are enough.
    if (of === 0 || of < (rule.atLeast ?? defaultAtLeast)) return [];
    return holds(rule, rate, before) ? [{ rule, rate, of, message: wordsFor(rule, rate, of) }] : [];
  });
}

function holds(rule: AlertRule, rate: number, before: SummaryFigures | undefined): boolean {
  if (rule.kind === "delivery-rate") return rate < rule.below;
  if (rate <= rule.above) return false;
  if (rule.kind !== "failure-code" || rule.times === undefined || before === undefined) return true;
  return rate > measured(rule, before).rate * rule.times;
}

function measured(rule: AlertRule, figures: SummaryFigures): Measured {
  const { delivered, failed, failedByCode, recipientsReached, optOutRate = 0, deliveryRate = 0 } = figures;
  if (rule.kind === "opt-out-rate") return { rate: optOutRate, of: recipientsReached };
  const of = delivered + failed;
  if (rule.kind === "delivery-rate") return { rate: deliveryRate, of };
  return { rate: of === 0 ? 0 : (failedByCode[rule.code] ?? 0) / of, of };
}

function wordsFor(rule: AlertRule, rate: number, of: number): string {
  const percent = `${(rate * 100).toFixed(1)} %`;
  const count = of.toLocaleString("en-US");
  if (rule.kind === "opt-out-rate")
    return `${percent} of ${count} people reached opted out (more than ${share(rule.above)}).`;
  if (rule.kind === "delivery-rate")
    return `${percent} of ${count} reported messages arrived (less than ${share(rule.below)}).`;
  return `${percent} of ${count} reported messages failed with ${rule.code} (more than ${share(rule.above)}).`;
}

function share(rate: number): string {
  return `${Number((rate * 100).toFixed(2))} %`;
}

/** @throws TypeError or RangeError that names the rule. */
export function checkRules(rules: readonly AlertRule[]): void {
  if (!Array.isArray(rules) || rules.length === 0) throw expected("rules", "a list of rules", rules);
  for (const [index, rule] of rules.entries()) checkRule(rule, index);
}

function checkRule(rule: AlertRule, index: number): void {
  const name = `rules[${index}]`;
  const kinds = ["opt-out-rate", "delivery-rate", "failure-code"];
  if (!kinds.includes(rule?.kind))
    throw expected(`${name}.kind`, kinds.map((kind) => `"${kind}"`).join(", "), rule?.kind);
  const bound = rule.kind === "delivery-rate" ? "below" : "above";
  const value = rule.kind === "delivery-rate" ? rule.below : rule.above;
  if (!(typeof value === "number" && value >= 0 && value <= 1))
    throw expectedRange(`${name}.${bound}`, "a rate from 0 to 1", value);
  checkCount(`${name}.atLeast`, rule.atLeast);
  if (rule.kind !== "failure-code") return;
  if (typeof rule.code !== "string") throw expected(`${name}.code`, "a code as a text", rule.code);
  checkCount(`${name}.times`, rule.times);
}

/** With a number that is none every comparison is false, and a rule would hold of nothing or of everything. */
function checkCount(name: string, count: number | undefined): void {
  if (count === undefined || (typeof count === "number" && count >= 0)) return;
  throw expectedRange(name, "a number of 0 or more", count);
}
