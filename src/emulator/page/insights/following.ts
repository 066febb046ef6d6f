import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { clock, phones } from "../state.js";
import { grouping, range } from "./choices.js";
import { getFigures, type Shown } from "./get-figures.js";
import { Refresher } from "./refresher.js";

const current = signal<Shown | undefined>(undefined);
const trouble = signal("");

/** The newest figures; those before stay until others are there. */
export const shown: ReadonlySignal<Shown | undefined> = current;

/** Why there are no newer ones; empty while all is well. */
export const problem: ReadonlySignal<string> = trouble;

/** Whether there is anything to sum up. */
export const hasMessages: ReadonlySignal<boolean> = computed(() =>
  [...phones.value.values()].some(({ conversations }) => conversations.length > 0),
);

/** Also without a message time passes: some leave the range, and reports are overdue. */
const longestPauseInMs = 15_000;

/** Keeps the figures up to date, until the function that this returns is called. */
export function followFigures(): () => void {
  const refresher = new Refresher(ask, () => document.visibilityState === "visible");
  const changed = (): void => refresher.changed();
  const endings = [
    effect(() => onNews([phones.value, clock.value], changed)),
    effect(() => onNews([range.value, grouping.value], () => refresher.now())),
    effect(forgetWithMessages),
    () => refresher.stop(),
  ];
  const timer = setInterval(changed, longestPauseInMs);
  document.addEventListener("visibilitychange", changed);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", changed);
    for (const end of endings) end();
  };
}

/** After a reset the first figures are not those from before it. */
function forgetWithMessages(): void {
  if (!hasMessages.value) current.value = undefined;
}

/** Read where an effect sees it, so that it comes again when one of them is another. */
function onNews(_: readonly unknown[], tell: () => void): void {
  tell();
}

async function ask(): Promise<void> {
  const [askedRange, askedGrouping] = [range.peek(), grouping.peek()];
  try {
    const answer = await getFigures(askedRange, askedGrouping);
    // Of another question than the one that stands now, nobody wants to know the answer.
    if (askedRange !== range.peek() || askedGrouping !== grouping.peek()) return;
    current.value = answer;
    trouble.value = "";
  } catch (error) {
    trouble.value = error instanceof Error ? error.message : String(error);
  }
}
