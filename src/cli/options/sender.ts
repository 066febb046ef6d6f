import { senderKeyOf } from "../../suppression/key-of.js";
import { UsageError } from "../failure.js";

/** Whose texts it is about. */
export const senderOption = {
  sender: {
    type: "string",
    value: "<sender>",
    required: true,
    help: 'The number, short code or name that texts are sent from; "*" is every sender.',
  },
} as const;

/** What a sender looks like that texts are sent from. */
export const senderForms = "a number in E.164, a short code, or an alphanumeric sender of 11 characters";

/** The key of a sender as it was typed. */
export function readSender(sender: string): string {
  try {
    return senderKeyOf("sender", sender);
  } catch {
    throw new UsageError('A sender is a number, a short code, a name, or "*" for every sender.');
  }
}
