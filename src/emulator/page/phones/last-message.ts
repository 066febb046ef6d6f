import type { Phone } from "../conversations.js";
import type { Message } from "../records.js";

/** The newest message of a phone, whichever conversation it is in. */
export function lastMessage({ conversations }: Phone): Message | undefined {
  return conversations
    .flatMap(({ messages }) => messages.at(-1) ?? [])
    .reduce<Message | undefined>(
      (last, message) => (last === undefined || message.at >= last.at ? message : last),
      undefined,
    );
}
