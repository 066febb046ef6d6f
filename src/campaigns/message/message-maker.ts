import { expected, expectedRange } from "../../errors/expected.js";
import { SmsError } from "../../errors/sms-error.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import type { MessageTemplate } from "./template.js";

/** What a campaign says: one text for all, or a text for each. */
export type CampaignMessage<Item extends CampaignItem = CampaignItem> =
  | string
  // A template takes its values from the fields that the items are known to have.
  | MessageTemplate<
      Item extends { readonly fields: Readonly<Record<infer Field, string | number>> }
        ? Field & string
        : string
    >
  | ((item: Item) => string);

/** Makes the text for one item. */
export interface MessageMaker<Item extends CampaignItem> {
  /** Whether each item has a text of its own, which may fail to be made. */
  readonly isPersonal: boolean;
  /** @throws SmsError `missing-field`, or whatever the caller's function throws. */
  readonly textFor: (item: Item) => string;
  /** @throws SmsError `missing-field` where a list that has this item in it cannot be what the message is for. */
  readonly assertFits: (item: Item) => void;
}

/** The contract's limit, in characters: https://learn.microsoft.com/rest/api/communication/sms/send */
const maxMessageLength = 2048;

/** @throws TypeError or RangeError for what is no message. */
export function messageMaker<Item extends CampaignItem>(message: CampaignMessage<Item>): MessageMaker<Item> {
  if (typeof message === "string") {
    checkLength(message);
    return { isPersonal: false, textFor: () => message, assertFits: () => undefined };
  }
  if (typeof message === "function") return personal(message);
  if (typeof message?.text === "function") {
    const { textFor } = personal<Item>((item) => message.text(valuesOf(item)));
    return { isPersonal: true, textFor, assertFits: (item) => assertHasFields(item, message) };
  }
  throw expected("message", "a text, a template, or a function that makes one", message);
}

function personal<Item extends CampaignItem>(make: (item: Item) => string): MessageMaker<Item> {
  return {
    isPersonal: true,
    assertFits: () => undefined,
    textFor: (item) => {
      const text = make(item);
      if (typeof text !== "string") throw expected("message(item)", "a text", text);
      checkLength(text);
      return text;
    },
  };
}

/** A column that is missing is missing in every row. */
function assertHasFields(item: CampaignItem, template: MessageTemplate): void {
  const [missing] = template.missingFields(Object.keys(valuesOf(item)));
  if (missing === undefined) return;
  const message = `The message needs the field \`${missing}\`, and the first recipient has none: nothing was sent.`;
  throw new SmsError("missing-field", message);
}

function valuesOf(item: CampaignItem): Readonly<Record<string, string | number>> {
  const { fields = {} } = item;
  if (typeof fields === "object" && fields !== null) return fields;
  throw expected("fields", "an object with the values of the template", fields);
}

function checkLength(text: string): void {
  if (text === "") throw expected("message", "a non-empty string", text);
  if (text.length > maxMessageLength)
    throw expectedRange("message", `at most ${maxMessageLength} characters`, text);
}
