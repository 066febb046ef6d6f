import { expected } from "../../errors/expected.js";
import type { CampaignItem, CampaignRecipients } from "./campaign-item.js";

type Opened<Item extends CampaignItem> = Iterable<string | Item> | AsyncIterable<string | Item>;

/** Lists that can be read once, and were. */
const spent = new WeakSet();

/** @throws TypeError for what is no list. */
export function checkRecipients(recipients: unknown): void {
  if (typeof recipients === "function" || isIterable(recipients)) return;
  throw expected("recipients", "an iterable of numbers or items, or a function that gives one", recipients);
}

/**
 * The list, from its beginning.
 *
 * @throws TypeError for one that was read already and has no beginning any more.
 */
export function openRecipients<Item extends CampaignItem>(
  recipients: CampaignRecipients<Item>,
): Opened<Item> {
  const opened = typeof recipients === "function" ? recipients() : recipients;
  if (!isIterable(opened)) throw expected("recipients()", "an iterable of numbers or items", opened);
  if (!isReadOnce(opened)) return opened;
  if (spent.has(opened)) {
    const what = "a list that can be read again: a function that opens it anew, where it is a stream";
    throw expected("recipients", what, opened);
  }
  spent.add(opened);
  return opened;
}

/** Whether a list is its own iterator, as streams and generators are: to read it is to use it up. */
export function isReadOnce(list: object): boolean {
  if (Symbol.asyncIterator in list) {
    const isStream = "pipe" in list || "getReader" in list;
    return isStream || ("next" in list && typeof list.next === "function");
  }
  return "next" in list && typeof list.next === "function";
}

function isIterable(list: unknown): list is Opened<CampaignItem> & object {
  // A text is an iterable of its characters, which nobody means.
  return (
    typeof list === "object" && list !== null && (Symbol.iterator in list || Symbol.asyncIterator in list)
  );
}
