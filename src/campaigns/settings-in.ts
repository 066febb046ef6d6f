import { expected } from "../errors/expected.js";
import type { CampaignSettings } from "./campaign-settings.js";
import type { CampaignItem } from "./recipients/campaign-item.js";

/** By campaign: for whoever carries one out elsewhere than in its `run`, and no part of what a campaign shows. */
const settingsByCampaign = new WeakMap<object, object>();

export function rememberSettings<Item extends CampaignItem>(
  campaign: object,
  settings: CampaignSettings<Item>,
): void {
  settingsByCampaign.set(campaign, settings);
}

/** @throws TypeError for what is no campaign. */
export function settingsIn<Item extends CampaignItem>(campaign: object): CampaignSettings<Item> {
  const settings = typeof campaign === "object" ? settingsByCampaign.get(campaign) : undefined;
  if (settings === undefined) throw expected("campaign", "a Campaign", campaign);
  // The settings of a campaign are of its own kind of items.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return settings as CampaignSettings<Item>;
}
