import { signal } from "@preact/signals";
import { sections } from "./hash.js";
import { goTo, route } from "./route.js";

/** Whether the list of keys is open. */
export const isHelpOpen = signal(false);

/** Whether the next key is the second of `g` and a letter. */
let isGoing = false;

const actions: Readonly<Record<string, () => void>> = {
  "/": () => focusOn("[data-filter]"),
  "?": () => (isHelpOpen.value = true),
  n: addPhone,
  r: () => focusOn(`.phone[data-number="${route.value.phone ?? ""}"] textarea`),
  j: () => moveRow(1),
  k: () => moveRow(-1),
};

/** Listens to keys that lead somewhere. A key that is typed into something, or held with another, is none of them. */
export function listenToKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") leaveField(event);
    if (isTaken(event.target)) return;
    const act = wasGoing() ? goByLetter(event.key) : actionOf(event);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** What was being written stays. While a word is being composed, and in a dialog, Escape has another meaning. */
function leaveField({ target, isComposing }: KeyboardEvent): void {
  if (isComposing || document.querySelector("dialog[open]") !== null) return;
  if (target instanceof HTMLElement) target.blur();
}

function isTaken(target: EventTarget | null): boolean {
  const isField =
    target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
  return isField || document.querySelector("dialog[open]") !== null;
}

function wasGoing(): boolean {
  const was = isGoing;
  isGoing = false;
  return was;
}

function goByLetter(letter: string): (() => void) | undefined {
  const section = sections.find((name) => name.startsWith(letter));
  return section && (() => goTo(section));
}

function actionOf({ key }: KeyboardEvent): (() => void) | undefined {
  const section = sections[Number(key) - 1];
  if (section !== undefined) return () => goTo(section);
  if (key === "g") return () => (isGoing = true);
  const isOnRow = document.activeElement?.hasAttribute("data-row") ?? false;
  if (isOnRow && key === "ArrowDown") return actions["j"];
  if (isOnRow && key === "ArrowUp") return actions["k"];
  return Object.hasOwn(actions, key) ? actions[key] : undefined;
}

function addPhone(): void {
  goTo("phones");
  // From another section, the field is there once this one is drawn.
  if (!focusOn("[data-add-phone]")) requestAnimationFrame(() => focusOn("[data-add-phone]"));
}

/** Moves between the phones or the rows of a log: from where the keyboard is, else from the phone that is chosen. */
function moveRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")];
  const focused = rows.findIndex((row) => row === document.activeElement);
  const at = focused === -1 ? rows.findIndex((row) => row.hasAttribute("aria-current")) : focused;
  const next = at === -1 ? rows[0] : rows[at + by];
  next?.focus();
  if (next instanceof HTMLAnchorElement) location.replace(next.href);
}

/** Whether there is something to focus on. */
function focusOn(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}
