import { resolve } from "node:path";

import type { CampaignOptions } from "../../../campaigns/campaign-options.js";
import { isSender } from "../../../phone-numbers/sender.js";
import { UsageError } from "../../failure.js";
import { checkCountry, countryOption } from "../../input/numbers.js";
import { readTime } from "../../input/time.js";
import type { OptionValues } from "../../option.js";
import { senderForms } from "../../options/sender.js";
import { suppressionOptions } from "../../options/suppression.js";
import type { Console } from "../../output/console.js";
import { absoluteStoreUrl } from "../../stores/store-url.js";
import { checkList, listOptions } from "./list.js";
import { messageOf, readGivenText, textOptions } from "./text.js";
import { paceOptions, readPace } from "./pace.js";

const senderOption = {
  from: {
    type: "string",
    value: "<sender>",
    multiple: true,
    required: true,
    help: "A number of the resource in E.164, a short code, or an alphanumeric sender. Several share the people.",
  },
} as const;

const messageOptions = {
  "send-before": {
    type: "string",
    value: "<time>",
    help: "From this time on nothing is sent: ISO 8601 with its zone.",
  },
  "delivery-report": { type: "boolean", help: "Have the service report what became of each message." },
  tag: { type: "string", value: "<text>", help: "Comes back in the delivery reports." },
} as const;

/** All that says what a campaign is: what its journal keeps of a command line. */
export const orderOptions: typeof senderOption &
  typeof listOptions &
  typeof textOptions &
  typeof suppressionOptions &
  typeof paceOptions &
  typeof messageOptions &
  typeof countryOption = {
  ...senderOption,
  ...listOptions,
  ...textOptions,
  ...suppressionOptions,
  ...paceOptions,
  ...messageOptions,
  ...countryOption,
};

export type OrderValues = OptionValues<typeof orderOptions>;

/** A campaign as it was ordered, with its text, and paths that hold in any folder. */
export interface Order extends Omit<OrderValues, "message" | "message-file"> {
  readonly message: string;
}

/** What of an order a `Campaign` takes. */
export type OrderedOptions = Omit<CampaignOptions, "id" | "journal" | "recipients">;

/** @throws UsageError for what cannot be meant. */
export async function readOrder(values: OrderValues, console: Console): Promise<Order> {
  const { "message-file": _, csv, "to-file": toFile, store, ...rest } = values;
  checkList(values);
  const message = await readGivenText(values, console);
  const { folder } = console.environment;
  const order = {
    ...rest,
    csv: csv === undefined ? undefined : resolve(folder, csv),
    "to-file": toFile === undefined ? undefined : resolve(folder, toFile),
    store: store === undefined ? undefined : absoluteStoreUrl(store, folder),
    message,
  };
  orderedOptions(order, console);
  return order;
}

/** @throws UsageError for what cannot be meant. */
export function orderedOptions(order: Order, console: Console): OrderedOptions {
  const { from, message, csv, tag, "default-country": defaultCountry } = order;
  console.keepSecret(message);
  if (!from.every(isSender)) throw new UsageError(`--from takes ${senderForms}.`);
  checkCountry(defaultCountry);
  return {
    from,
    message: messageOf(message, csv !== undefined),
    ...readPace(order),
    sendBefore: readTime("--send-before", order["send-before"], console.environment.now()),
    enableDeliveryReport: order["delivery-report"],
    tag,
    defaultCountry,
  };
}
