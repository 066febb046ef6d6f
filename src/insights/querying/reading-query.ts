import { expectedRange } from "../../errors/expected.js";
import { isE164 } from "../../phone-numbers/e164.js";
import type { InboundOptions, MessagesOptions } from "../logged-message.js";
import { checkedRange, checkedWhere, timeOf, type TimeRange, type Wanted } from "./checked-options.js";
import { fates, isReportCode } from "../outcomes.js";
import { intents } from "../intents.js";
import { propertyKeys } from "../group-keys.js";

/** What is to be read, checked. Times are milliseconds since 1970. */
export interface ReadingQuery extends TimeRange {
  readonly where: Wanted;
  /** Infinite where all is wanted. */
  readonly limit: number;
}

export interface MessagesQuery extends ReadingQuery {
  readonly at: number;
}

/** What stands for a person's number in the log. */
type Written = (number: string) => string;

const messageProperties = [...propertyKeys, "recipient", "outcome", "code"];

/** @throws TypeError or RangeError that names the option. */
export function messagesQuery(options: MessagesOptions, written: Written): MessagesQuery {
  const where = checkedWhere(options.where ?? {}, messageProperties);
  checkEach(where, "outcome", `of ${fates.join(", ")}`, (value) => fates.some((fate) => fate === value));
  checkEach(where, "code", 'of codes such as "4006", or "none"', isReportCode);
  return { ...readingQuery(options, where, written), at: timeOf("at", options.at ?? new Date()) };
}

/** @throws TypeError or RangeError that names the option. */
export function inboundQuery(options: InboundOptions, written: Written): ReadingQuery {
  const where = checkedWhere(options.where ?? {}, ["sender", "recipient", "intent"]);
  checkEach(where, "intent", `of ${intents.join(", ")}`, (value) =>
    intents.some((intent) => intent === value),
  );
  return readingQuery(options, where, written);
}

function readingQuery(
  options: InboundOptions | MessagesOptions,
  where: Wanted,
  written: Written,
): ReadingQuery {
  const { limit } = options;
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1))
    throw expectedRange("limit", "a whole number from 1", limit);
  checkEach(where, "recipient", "of numbers in E.164, such as +14255550123", isE164);
  const { recipient } = where;
  return {
    ...checkedRange(options),
    where: { ...where, ...(recipient !== undefined && { recipient: recipient.map(written) }) },
    limit: limit ?? Infinity,
  };
}

function checkEach(where: Wanted, property: string, what: string, isFine: (value: string) => boolean): void {
  const wrong = where[property]?.find((value) => !isFine(value));
  if (wrong !== undefined) throw expectedRange(`where.${property}`, what, wrong);
}
