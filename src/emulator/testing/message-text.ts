import { shown } from "../settings/expected.js";

/** A text, or what has one: a message of a phone, or one that came in. */
export type MessageText = string | { readonly message: string };

/** The text alone. */
export function textOf(message: MessageText): string {
  const text: unknown = typeof message === "object" && message !== null ? message.message : message;
  if (typeof text === "string") return text;
  throw new TypeError(`Expected \`message\` to be a text or a message, got ${shown(message)}`);
}
