import { defineCommand, type Command } from "../../command.js";
import { jsonOption, quietOption } from "../../options/common.js";
import { connectionOptions } from "../../options/connection.js";
import { storeHelp } from "../../options/store.js";
import { checkSuppression } from "../../options/suppression.js";
import { printCampaignPreview } from "../../output/campaign-preview.js";
import { orderOptions, readOrder } from "./order.js";
import { priceOptions, readPrices } from "./prices.js";
import { previewOf, setStage } from "./stage.js";

export const campaignPreview: Command = defineCommand({
  name: "campaign preview",
  summary: "Shows whom a campaign would text, in how many segments, how long it takes and what it costs",
  options: { ...orderOptions, ...priceOptions, ...connectionOptions, ...quietOption, ...jsonOption },
  details: [
    "It reads the whole list, asks the store of opt-outs, and sends and writes nothing. The options are those of campaign " +
      "send, without its journal. What earlier runs have sent is not subtracted.",
    "In JSON, unitsPerMinute is null for a sender without a limit.",
    storeHelp,
  ],
  examples: [
    'acs-sms campaign preview --from +18005551234 --csv list.csv --message "Hi {Name}, 20 % off until Sunday."',
    'acs-sms campaign preview --from +18005551234 --to-file people.txt --price "+1=0.0079" --currency USD < message.txt',
  ],
  async run({ values, console }) {
    const prices = await readPrices(values, console);
    const order = await readOrder(values, console);
    checkSuppression(order, console);
    await using stage = await setStage(order, values, console);
    const preview = await previewOf(stage, prices, values.quiet, console);
    return printCampaignPreview(preview, values.json, console);
  },
});
