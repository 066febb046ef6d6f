import type { SummaryOptions } from "acs-sms/insights";

const dayInMs = 86_400_000;

/** A month from this day on, as it is simulated. */
const monthFrom = Date.parse("2026-10-15T00:00:00Z");

/** In the midst of the month. */
export const someDay = monthFrom + 17 * dayInMs;

/** What a summary is asked, and what somebody asks by hand who only counts messages. */
interface Question {
  readonly options: Pick<SummaryOptions, "from" | "to" | "groupBy" | "where" | "prices">;
  /** Columns that both databases know alike. */
  readonly columns: readonly string[];
}

const day = `at / ${dayInMs}`;
const prices = { currency: "USD", perSegment: { "+1": "0.0079", "+44": "0.04", "+447": "0.041", "+7": 1 } };

/** Of the whole month. */
export const monthQuestions = {
  total: question({}, []),
  "by tag": question({ groupBy: ["tag"] }, ["tag"]),
  "by day": question({ groupBy: ["day"] }, [day]),
  "by tag and day": question({ groupBy: ["tag", "day"] }, ["tag", day]),
  "by country, with prices": question({ groupBy: ["country"], prices }, ["country"]),
  "one tag by hour": question({ groupBy: ["hour"], where: { tag: "sale" } }, ["tag", "at / 3600000"]),
} as const;

/** Of more and more of it. */
const rangeQuestions = {
  "1 day": byTag(someDay, 1),
  "7 days": byTag(someDay, 7),
  "30 days": byTag(monthFrom, 30),
} as const;

export type RangeName = keyof typeof rangeQuestions;

export type QuestionName = keyof typeof monthQuestions | RangeName;

export const questions: Readonly<Record<QuestionName, Question>> = { ...monthQuestions, ...rangeQuestions };

/** The statement by hand: how many messages there are of each status. */
export function counting({ options: { from, to, where }, columns }: Question): string {
  const grouped = [...columns, "status"].join(", ");
  const conditions = [`at >= ${from.getTime()}`, `at < ${to.getTime()}`];
  if (where?.tag !== undefined) conditions.push(`tag = '${String(where.tag)}'`);
  return `SELECT ${grouped}, count(*) AS messages FROM acs_sms_messages
    WHERE ${conditions.join(" AND ")} GROUP BY ${grouped}`;
}

function question(
  options: Omit<Question["options"], "from" | "to">,
  columns: Question["columns"],
  [from, days]: readonly [number, number] = [monthFrom, 31],
): Question {
  const range = { from: new Date(from), to: new Date(from + days * dayInMs) };
  return { options: { ...range, ...options }, columns };
}

function byTag(from: number, days: number): Question {
  return question({ groupBy: ["tag"] }, ["tag"], [from, days]);
}
