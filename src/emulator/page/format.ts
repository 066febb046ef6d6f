const clockTime = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const counts = new Intl.NumberFormat("en-GB");

/** `14:03:09`, in the time zone of the browser. */
export function timeOf(at: string): string {
  return clockTime.format(new Date(at));
}

/** `14:03:09.120`: for logs, where the order within a second matters. */
export function preciseTimeOf(at: string): string {
  return `${timeOf(at)}.${String(new Date(at).getMilliseconds()).padStart(3, "0")}`;
}

/** `Tue 4 Aug`, in the time zone of the browser. */
export function dayOf(at: string): string {
  return day.format(new Date(at));
}

/** Whether two times are on one day, in the time zone of the browser. */
export function isSameDay(one: string, other: string): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** `1,234`. */
export function countOf(count: number): string {
  return counts.format(count);
}

/** `1 segment`, `2 segments`. */
export function plural(count: number, word: string): string {
  return `${countOf(count)} ${word}${count === 1 ? "" : "s"}`;
}

/** JSON with line breaks; other text as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
