import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { pairKey } from "./model.js";
import type { Message } from "./records.js";

type Counts = ReadonlyMap<string, number>;

const counts = signal<Counts>(new Map());
const onScreen = signal<ReadonlySet<string>>(new Set());
const isPageSeen = signal(document.visibilityState === "visible");

document.addEventListener("visibilitychange", () => {
  isPageSeen.value = document.visibilityState === "visible";
});

/** How many messages nobody has looked at, by conversation (`pairKey`). */
export const unread: ReadonlySignal<Counts> = counts;

/** How many there are in all. */
export const unreadTotal: ReadonlySignal<number> = computed(() =>
  [...counts.value.values()].reduce((sum, count) => sum + count, 0),
);

/** The same by phone. */
export const unreadByPhone: ReadonlySignal<Counts> = computed(() => byPhone(counts.value));

/** What is on the screen while somebody looks is read. */
effect(() => {
  const seen = onScreen.value;
  if (isPageSeen.value) keepCounts((key) => !seen.has(key));
});

/** Counts messages that arrived, but for those that arrive before somebody's eyes. */
export function noteUnread(messages: readonly Message[]): void {
  const missed = messages.filter((message) => !isPageSeen.value || !onScreen.value.has(pairKey(message)));
  if (missed.length === 0) return;
  const next = new Map(counts.value);
  for (const key of missed.map(pairKey)) next.set(key, (next.get(key) ?? 0) + 1);
  counts.value = next;
}

/** Drops what was counted for some phones. */
export function forgetUnread(isGone: (phone: string) => boolean): void {
  keepCounts((key) => !isGone(phoneOf(key)));
}

/** Says that a conversation can be seen, until the function that this returns is called. */
export function markOnScreen(key: string): () => void {
  onScreen.value = new Set([...onScreen.value, key]);
  return () => {
    onScreen.value = new Set([...onScreen.value].filter((other) => other !== key));
  };
}

function byPhone(counted: Counts): Counts {
  const phones = new Map<string, number>();
  for (const [key, count] of counted) phones.set(phoneOf(key), (phones.get(phoneOf(key)) ?? 0) + count);
  return phones;
}

function phoneOf(key: string): string {
  return key.split("\n")[0] ?? "";
}

function keepCounts(isKept: (key: string) => boolean): void {
  const next = new Map([...counts.peek()].filter(([key]) => isKept(key)));
  if (next.size < counts.peek().size) counts.value = next;
}
