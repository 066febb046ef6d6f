import { expected, expectedRange } from "../../errors/expected.js";
import { isE164 } from "../../phone-numbers/e164.js";
import { toE164 } from "../../phone-numbers/parse-phone-number.js";
import { safeError } from "../../privacy/safe-error.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import type { MessageMaker } from "../message/message-maker.js";

/** What an item of the list comes to: a text for a number, or the reason why there is none. */
export type ItemIntent = ReadableItem | UnreadableItem;

export interface ReadableItem {
  readonly key: string;
  readonly to: string;
  readonly text: string;
  readonly sendBefore: Date | undefined;
}

interface UnreadableItem {
  readonly key: string;
  /** As it was given. */
  readonly to: string;
  readonly problem: string;
  /** Whether it is the message that is at fault, and not the number. */
  readonly isUnmakeable: boolean;
}

/** What is the same for all items. */
export interface ItemDefaults<Item extends CampaignItem> {
  readonly message: MessageMaker<Item>;
  readonly defaultCountry: string | undefined;
  readonly sendBefore: Date | undefined;
}

const longestKey = 512;

/**
 * Reads one item. A bad number or a text that cannot be made spoils nobody else's message.
 *
 * @param position - In the list, from 0, for errors.
 * @throws TypeError or RangeError for what is no item: that is the program's mistake, and not the person's.
 */
export async function prepareItem<Item extends CampaignItem>(
  given: string | Item,
  position: number,
  defaults: ItemDefaults<Item>,
): Promise<ItemIntent> {
  const item = checkedItem(given, position);
  const number = isE164(item.to) ? item.to : await toE164(item.to, defaults.defaultCountry);
  const key = item.key ?? number ?? keyFor(item.to, position);
  if (item.problem !== undefined) return { key, to: item.to, problem: item.problem, isUnmakeable: false };
  if (number === undefined) return { key, to: item.to, problem: "Not a phone number.", isUnmakeable: false };
  const sendBefore = item.sendBefore ?? defaults.sendBefore;
  try {
    return { key, to: number, text: defaults.message.textFor(item), sendBefore };
  } catch (error) {
    return { key, to: number, problem: safeError(error, secretsOf(item)).message, isUnmakeable: true };
  }
}

/** An item as its own; a bare number is one, too. */
export function checkedItem<Item extends CampaignItem>(given: string | Item, position: number): Item {
  const name = `recipients[${position}]`;
  // What items have besides, bare numbers have not: their message is one that needs no more.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const item = typeof given === "string" ? ({ to: given } as Item) : given;
  if (typeof item?.to !== "string") throw expected(name, "a number or an item with `to`", given);
  const { key, sendBefore } = item;
  if (key !== undefined && typeof key !== "string") throw expected(`${name}.key`, "a string", key);
  if (key !== undefined && !isKey(key))
    throw expectedRange(`${name}.key`, `1 to ${longestKey} characters of well-formed text`, key);
  if (sendBefore !== undefined && (!(sendBefore instanceof Date) || Number.isNaN(sendBefore.getTime())))
    throw expected(`${name}.sendBefore`, "a valid Date", sendBefore);
  return item;
}

function isKey(text: string): boolean {
  return text !== "" && text.length <= longestKey && text.isWellFormed() && !text.includes("\0");
}

/** What is no number may be anything, and names its item where it can. */
function keyFor(to: string, position: number): string {
  return isKey(to) ? to : `item ${position + 1}`;
}

function secretsOf({ fields = {} }: CampaignItem): readonly string[] {
  return Object.values(fields).filter((value) => typeof value === "string");
}

export function isReadable(intent: ItemIntent): intent is ReadableItem {
  return "text" in intent;
}
