import { signal, type ReadonlySignal } from "@preact/signals";
import type { Change, LiveState } from "../journal/changes.js";
import type { Json } from "../journal/json.js";
import { follow, meet } from "./state.js";
import { createThrottle } from "./throttle.js";

/** How the page stands with the emulator. */
export type Link = "connecting" | "live" | "disconnected";

const current = signal<Link>("connecting");

/** How the page stands with the emulator now. */
export const link: ReadonlySignal<Link> = current;

const retryInMs = 2000;

/** However much happens, the page is drawn ten times in a second at most. */
const news = createThrottle(follow, 100);

/**
 * Follows the emulator for as long as the page is open. The browser connects again by itself when a connection breaks, and
 * gives up only where the answer is no stream, as while another program has the port.
 */
export function goLive(): void {
  const source = new EventSource("./_emulator/live");
  source.addEventListener("state", ({ data }: MessageEvent<string>) => {
    const state: Json<LiveState> = JSON.parse(data);
    news.drop();
    meet(state);
    current.value = "live";
  });
  source.addEventListener("changes", ({ data }: MessageEvent<string>) => {
    const changes: Json<Change>[] = JSON.parse(data);
    news.add(changes);
  });
  source.addEventListener("error", () => {
    current.value = "disconnected";
    if (source.readyState === EventSource.CLOSED) setTimeout(goLive, retryInMs);
  });
}
