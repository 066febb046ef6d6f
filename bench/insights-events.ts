import { simulate, type RawEvent } from "../test/insights/month/simulate.ts";
import { someDay } from "./insights-questions.ts";

/** The logs that are filled: in the order of time, but for one. */
export type LogName = "a month" | "a month in disorder" | "three months" | "a day";

/** Some of the events of a log, so many at once that no order takes as long as a child may be silent. */
export interface Share {
  readonly log: LogName;
  readonly part: number;
  readonly parts: number;
}

export type EventSource = (share: Share) => readonly RawEvent[];

const dayInMs = 86_400_000;
/** With the days before and after it. */
const monthInMs = 36 * dayInMs;

/** The events of a month of so many messages; of three, each has as many. */
export function eventSource(messages: number): EventSource {
  const shuffled = simulate(messages, 7);
  const inOrder = shuffled.toSorted((a, b) => timeOf(a) - timeOf(b));
  const ofDay = messagesOfDay(inOrder);
  return ({ log, part, parts }) => {
    if (log === "a month in disorder") return partOf(shuffled, part, parts);
    if (log === "a month") return partOf(inOrder, part, parts);
    if (log === "a day") return inOrder.filter((event) => ofDay.has(numberOf(event)));
    const month = Math.floor((part * 3) / parts);
    const some = partOf(inOrder, part - (month * parts) / 3, parts / 3);
    return some.map((event) => shifted(event, 2 - month));
  };
}

function partOf(events: readonly RawEvent[], part: number, parts: number): readonly RawEvent[] {
  const size = Math.ceil(events.length / parts);
  return events.slice(part * size, (part + 1) * size);
}

function timeOf(event: RawEvent): number {
  return (event.type === "result" ? event.at : (event.receivedAt ?? event.at)).getTime();
}

/** All that is said of a message has its number. */
function numberOf(event: RawEvent): string {
  const id = event.type === "result" ? event.identity : event.messageId;
  return /\d+/.exec(id)?.[0] ?? "";
}

function messagesOfDay(events: readonly RawEvent[]): ReadonlySet<string> {
  const isInDay = (time: number): boolean => time >= someDay && time < someDay + dayInMs;
  const results = events.filter((event) => event.type === "result" && isInDay(timeOf(event)));
  return new Set(results.map(numberOf));
}

/** The same some months earlier, of other messages. */
function shifted(event: RawEvent, months: number): RawEvent {
  const changed = Object.entries(event).map(([name, value]: [string, unknown]) => {
    if (value instanceof Date) return [name, new Date(value.getTime() - months * monthInMs)] as const;
    return [
      name,
      name === "identity" || name === "messageId" ? `${String(value)} ${months}` : value,
    ] as const;
  });
  return Object.fromEntries(changed) as unknown as RawEvent;
}
