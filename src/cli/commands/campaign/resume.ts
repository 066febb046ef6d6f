import { defineCommand, type Command } from "../../command.js";
import { storeHelp, storeOption } from "../../options/store.js";
import type { OptionValues } from "../../option.js";
import type { Console } from "../../output/console.js";
import { absoluteStoreUrl } from "../../stores/store-url.js";
import { knownCampaign, openJournal } from "./journal.js";
import { orderIn } from "./note.js";
import type { Order } from "./order.js";
import { paceOptions, readPace } from "./pace.js";
import { runCampaign } from "./run.js";
import { runOptions } from "./run-options.js";
import { lengthOf, setStage } from "./stage.js";

const options = { ...runOptions, ...paceOptions, ...storeOption } as const;

export const campaignResume: Command = defineCommand({
  name: "campaign resume",
  summary: "Goes on with a campaign that was interrupted, and texts nobody twice",
  options,
  details: [
    "List, text, senders and all else are what campaign send was told, from any folder. Told again are how the service is " +
      "reached, and a store that was named by ACS_SMS_STORE or a URL with a password. The list is read again from its " +
      "beginning, so it must be as it was. What else is told holds for this run.",
    "What was under way when the campaign ended is repeated if that is safe, which it is for some minutes. Later its people " +
      "are unknown, and --on-unknown says what becomes of them.",
    storeHelp,
  ],
  examples: ["acs-sms campaign resume --id spring-sale", "acs-sms campaign resume --id notice --rate 100"],
  async run({ values, console }) {
    readPace(values);
    await using journal = await openJournal(values, console, "use");
    const order = changed(orderIn(knownCampaign(journal, values.id).note), values, console);
    await using stage = await setStage(order, values, console);
    const length = await lengthOf(stage, values.quiet, console);
    return await runCampaign({ order, stage, journal, length }, values, console);
  },
});

/** The order as it was, but for what is told anew. */
function changed(order: Order, values: OptionValues<typeof options>, console: Console): Order {
  const { rate, concurrency, store, "on-unknown": onUnknown } = values;
  return {
    ...order,
    rate: rate ?? order.rate,
    concurrency: concurrency ?? order.concurrency,
    "on-unknown": onUnknown ?? order["on-unknown"],
    ...(store !== undefined && {
      store: absoluteStoreUrl(store, console.environment.folder),
      "no-suppression": false,
    }),
  };
}
