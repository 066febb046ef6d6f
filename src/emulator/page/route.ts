import { signal, type ReadonlySignal } from "@preact/signals";
import { hashOf, parseHash, type Route, type Section } from "./hash.js";

const current = signal<Route>(parseHash(location.hash));

/** Where the page is. */
export const route: ReadonlySignal<Route> = current;

addEventListener("hashchange", () => (current.value = parseHash(location.hash)));

/** Goes to a section, or to a phone in it. */
export function goTo(section: Section, phone?: string): void {
  location.hash = hashOf(section, phone);
  // The event comes later; whoever asks at once is to see where the page is.
  current.value = parseHash(location.hash);
}
