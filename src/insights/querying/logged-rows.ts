import type { Row } from "../../stores/entry-row.js";
import type { LoggedInbound, LoggedMessage } from "../logged-message.js";
import { fates } from "../outcomes.js";
import { intents } from "../intents.js";
import type { MessagesQuery, ReadingQuery } from "./reading-query.js";
import type { Reading } from "./read-pages.js";
import { inboundStatement, messagesStatement } from "./reading-sql.js";

export const messagesReading: Reading<MessagesQuery, LoggedMessage> = {
  statement: messagesStatement,
  itemOf: messageOf,
};

export const inboundReading: Reading<ReadingQuery, LoggedInbound> = {
  statement: inboundStatement,
  itemOf: inboundOf,
};

function messageOf(row: Row): LoggedMessage {
  return {
    at: dateOf(row["time"]),
    identity: String(row["key"]),
    ...given("messageId", row["message_id"], String),
    from: String(row["sender"]),
    ...given("to", row["recipient"], String),
    ...given("country", row["country"], String),
    ...given("tag", row["tag"], String),
    segments: Number(row["segments"]),
    outcome: oneOf(fates, row["outcome"]),
    ...given("code", row["code"], Number),
    ...given("lastAttemptAt", row["last_attempt_at"], dateOf),
    ...given("reportedAt", row["received_at"], dateOf),
    ...given("text", row["text"], String),
  };
}

function inboundOf(row: Row): LoggedInbound {
  return {
    receivedAt: dateOf(row["time"]),
    messageId: String(row["key"]),
    from: String(row["recipient"]),
    to: String(row["sender"]),
    intent: oneOf(intents, row["intent"]),
    ...given("text", row["text"], String),
    ...given("inReplyTo", row["in_reply_to"], String),
  };
}

function dateOf(time: unknown): Date {
  return new Date(Number(time));
}

/** A property that is left out where there is no value. */
function given<K extends string, T>(
  name: K,
  value: unknown,
  of: (value: unknown) => T,
): Partial<Record<K, T>> {
  const property: Partial<Record<K, T>> = {};
  if (value !== null && value !== undefined) property[name] = of(value);
  return property;
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T {
  const found = known.find((one) => one === value);
  if (found === undefined)
    throw new TypeError("A row of the message log is damaged, or not one of this log's.");
  return found;
}
