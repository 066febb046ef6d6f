import type { CampaignProgress } from "../../campaigns/campaign-result.js";
import { duration } from "./duration.js";
import { count } from "./progress-bar.js";

/** What a progress says of a campaign beside how far it is, the most important first. */
export function campaignDetails(progress: CampaignProgress, total: number | undefined): string[] {
  const { totals, acceptedPerMinute } = progress;
  const left = timeLeftInMs(progress, total);
  const failed = totals.rejected + totals.unknown;
  return [
    ...(left === undefined ? [] : [`${duration(left)} left`]),
    `${count(totals.accepted)} accepted`,
    ...(failed === 0 ? [] : [`${count(failed)} failed`]),
    ...(totals.suppressed === 0 ? [] : [`${count(totals.suppressed)} suppressed`]),
    ...(acceptedPerMinute === 0 ? [] : [`${count(acceptedPerMinute)} a minute`]),
  ];
}

/** Of those who are left as many will be texted as of those before them; nobody else takes time. */
function timeLeftInMs(progress: CampaignProgress, total: number | undefined): number | undefined {
  const { totals, results, acceptedPerMinute } = progress;
  if (total === undefined || acceptedPerMinute === 0 || results === 0) return undefined;
  const messages = Math.max(0, total - results) * (totals.accepted / results);
  return (messages / acceptedPerMinute) * 60_000;
}
