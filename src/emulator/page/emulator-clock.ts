import { effect } from "@preact/signals";
import { clock } from "./state.js";

/** When the emulator told its time, by the clock of the page. */
let toldAt = 0;

effect(() => {
  if (clock.value.now !== "") toldAt = performance.now();
});

/** The emulator's time, which runs on between what is told of it. */
export function emulatorNow(): string {
  const { now, speed } = clock.peek();
  return new Date(Date.parse(now) + (performance.now() - toldAt) * speed).toISOString();
}
