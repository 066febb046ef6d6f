import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { emulatorNow } from "../emulator-clock.js";
import { dayOf, timeOf } from "../format.js";
import { clock } from "../state.js";

const tickInMs = 250;

/** The emulator's time. */
export function RunningClock() {
  const now = useSignal(emulatorNow());
  const told = clock.value;
  useEffect(() => {
    const tick = () => (now.value = emulatorNow());
    tick();
    const timer = setInterval(tick, tickInMs);
    return () => clearInterval(timer);
  }, [told]);
  return (
    <p class="clock">
      <time dateTime={now}>
        {timeOf(now.value)} <span class="faint">{dayOf(now.value)}</span>
      </time>
    </p>
  );
}
