import { signal } from "@preact/signals";

/** The ranges that can be looked at: so many minutes up to now, or all. */
export const ranges = [
  { name: "15 minutes", minutes: 15 },
  { name: "Hour", minutes: 60 },
  { name: "Day", minutes: 24 * 60 },
  { name: "All", minutes: undefined },
] as const;

export type Range = (typeof ranges)[number];

/** By what the messages can be put together in the table. */
export const groupings = [
  { name: "Tag", key: "tag" },
  { name: "Sender", key: "sender" },
  { name: "Country", key: "country" },
] as const;

export type Grouping = (typeof groupings)[number];

/** What is looked at; kept while other sections are. */
export const range = signal<Range>(ranges[3]);
export const grouping = signal<Grouping>(groupings[0]);

/** The time zone of the browser, in which days begin. */
export const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
