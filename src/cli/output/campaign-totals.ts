import type { CampaignTotals } from "../../campaigns/campaign-result.js";
import { exitCodes } from "../exit-codes.js";
import { columns } from "./columns.js";
import { count } from "./progress-bar.js";

/** How many had each result: who was accepted in any case, and what else there is. */
export function totalsLines(totals: CampaignTotals): string[] {
  const shown = Object.entries(totals).filter(([status, number]) => status === "accepted" || number > 0);
  return columns(shown.map(([status, number]) => [status, count(number)]));
}

/** As `send` has it. Whose second message was left out has the first. */
export function codeOf({ rejected, unknown, suppressed, invalid, expired }: CampaignTotals): number {
  if (rejected + unknown > 0) return exitCodes.failed;
  return suppressed + invalid + expired > 0 ? exitCodes.heldBack : exitCodes.ok;
}
