import { isE164 } from "../phone-numbers/e164.js";
import { toE164 } from "../phone-numbers/parse-phone-number.js";
import { isSender } from "../phone-numbers/sender.js";
import { maskPhoneNumber } from "../privacy/mask-phone-number.js";
import { everySender, senderKeyOf } from "../suppression/key-of.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import type { ImportSettings } from "./import-settings.js";
import { RowRefusal } from "./row-refusal.js";
import type { RowTexts } from "./row-texts.js";

/**
 * The fact that a row of somebody else's list states.
 *
 * @throws (by rejection) RowRefusal where it states none.
 */
export async function foreignEntry(
  texts: RowTexts,
  settings: ImportSettings,
  recordedAt: Date,
): Promise<SuppressionEntry> {
  const { constants, defaultCountry } = settings;
  const recipient = await recipientOf(texts.recipient, defaultCountry);
  const state = stateOf(texts.state, settings);
  const note = texts.note ?? constants.note;
  return {
    sender:
      texts.sender === undefined ? constantSender(constants) : await senderOf(texts.sender, defaultCountry),
    recipient,
    state,
    at: timeOf(texts.at, state, settings),
    recordedAt,
    source: "import",
    ...(texts.keyword !== undefined && { keyword: texts.keyword }),
    ...(texts.messageId !== undefined && { messageId: texts.messageId }),
    ...(note !== undefined && { note }),
  };
}

async function recipientOf(text: string | undefined, defaultCountry: string | undefined): Promise<string> {
  if (text === undefined) throw new RowRefusal("recipient", "is missing");
  const number = await numberIn(text, defaultCountry);
  if (number !== undefined) return number;
  const missing = defaultCountry === undefined ? " with its country code (or give `defaultCountry`)" : "";
  throw new RowRefusal("recipient", `is no phone number${missing}: ${maskPhoneNumber(text)}`);
}

async function numberIn(text: string, defaultCountry: string | undefined): Promise<string | undefined> {
  if (isE164(text)) return text;
  // Spreadsheets keep a number's plus behind an apostrophe.
  return toE164(text.trim().replace(/^'/, ""), defaultCountry);
}

function constantSender({ sender }: ImportSettings["constants"]): string {
  if (sender === undefined) throw new RowRefusal("sender", "is missing");
  return sender;
}

/** A long number must have its country code, as a recipient's does: else it would be another sender's. */
async function senderOf(text: string, defaultCountry: string | undefined): Promise<string> {
  const trimmed = text.trim();
  if (trimmed === everySender) return everySender;
  if (isSender(trimmed)) return senderKeyOf("sender", trimmed);
  const number = await numberIn(text, defaultCountry);
  if (number !== undefined) return number;
  throw new RowRefusal("sender", 'is no number or name to send from, nor "*"');
}

function stateOf(text: string | undefined, { states, constants }: ImportSettings): SuppressionEntry["state"] {
  const state = text === undefined ? constants.state : states.get(text.trim().toLowerCase());
  if (state !== undefined) return state;
  throw new RowRefusal("state", text === undefined ? "is missing" : "is none of those that `states` names");
}

function timeOf(
  text: string | undefined,
  state: SuppressionEntry["state"],
  { readTime, asOf }: ImportSettings,
): Date {
  if (text !== undefined && text.trim() !== "") return readTime(text.trim());
  if (state === "opted-in") throw new RowRefusal("at", "is missing, and consent has a date");
  if (asOf === undefined) throw new RowRefusal("at", "is missing; for opt-outs without a time give `asOf`");
  return asOf;
}
