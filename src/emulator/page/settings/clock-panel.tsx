import type { TargetedSubmitEvent } from "preact";
import { advanceClock, setSpeed } from "../api.js";
import { Field } from "../parts/field.js";
import { formText } from "../parts/form-text.js";
import { Problem } from "../parts/problem.js";
import { useAction } from "../parts/use-action.js";
import { clock } from "../state.js";
import { RunningClock } from "./running-clock.js";

const speeds = [0, 1, 10, 60, 600, 3600];

const minute = 60_000;
const steps = [
  { label: "+1 min", milliseconds: minute },
  { label: "+5 min", milliseconds: 5 * minute },
  { label: "+1 h", milliseconds: 60 * minute },
  { label: "+12 h", milliseconds: 720 * minute },
];

/** The emulator's time: how fast it passes, and leaps forward. */
export function ClockPanel() {
  const { problem, run, isBusy } = useAction();
  const { speed } = clock.value;
  const leap = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const minutes = Number(formText(event.currentTarget, "minutes"));
    void run(() => advanceClock(minutes * minute));
  };
  return (
    <section class="panel" aria-labelledby="clock">
      <h3 id="clock">Clock</h3>
      <RunningClock />
      <div role="group" aria-label="Speed" class="choices">
        {[...new Set([...speeds, speed])].map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === speed}
            disabled={isBusy}
            onClick={() => void run(() => setSpeed(one))}
          >
            {one === 0 ? "Stopped" : `${one}×`}
          </button>
        ))}
      </div>
      <div role="group" aria-label="Step forward" class="choices">
        {steps.map(({ label, milliseconds }) => (
          <button
            key={label}
            type="button"
            disabled={isBusy}
            onClick={() => void run(() => advanceClock(milliseconds))}
          >
            {label}
          </button>
        ))}
      </div>
      <form class="line-form" aria-label="Step forward by minutes" onSubmit={leap}>
        <Field label="Minutes">
          <input name="minutes" type="number" min={0} step="any" required defaultValue="30" />
        </Field>
        <button type="submit" disabled={isBusy}>
          Step forward
        </button>
      </form>
      <Problem of={problem} />
    </section>
  );
}
