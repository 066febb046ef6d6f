import type { Dialect } from "./dialect.js";

/** Within this time of a message an answer is one to it. */
export const attributionInMs: number = 72 * 3_600_000;

/** The identity of the message that a text `i` is an answer to: the last accepted one of its pair. */
export function attributedTo({ messagesOfPerson }: Dialect): string {
  return `(
        SELECT p.identity FROM ${messagesOfPerson("p")}
        WHERE p.sender = i.sender AND p.recipient = i.recipient AND p.status = 'accepted'
          AND p.at <= i.received_at AND p.at >= i.received_at - ${attributionInMs}
        ORDER BY p.at DESC, p.identity DESC LIMIT 1
      )`;
}
