import type { SuppressionList } from "../../../suppression/suppression-list.js";
import type { NumberResult } from "../../output/number-results.js";

/** Whether each may be texted by `sender`, and the opt-out that stands where not. */
export async function checkAll(
  list: SuppressionList,
  sender: string,
  recipients: readonly string[],
  abortSignal: AbortSignal,
): Promise<NumberResult[]> {
  const decisions = await list.check(sender, recipients, { abortSignal });
  return decisions.map((decision, index) => {
    const to = recipients[index] ?? "";
    return decision.suppressed
      ? { to, status: "suppressed", entry: decision.entry }
      : { to, status: "allowed" };
  });
}
