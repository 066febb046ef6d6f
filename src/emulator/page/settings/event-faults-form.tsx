import { useSignal } from "@preact/signals";
import { setEventFaults } from "../api.js";
import type { EventFaults } from "../../event-grid/faults.js";
import { faults } from "../state.js";
import { FaultsForm } from "./faults-form.js";
import { NumberField } from "./number-field.js";

const shares = [
  { name: "duplicate", label: "Duplicate", hint: "% of events that come twice." },
  { name: "reorder", label: "Reorder", hint: "% of events that the next one overtakes." },
  { name: "lose", label: "Lose", hint: "% of events that never come." },
] as const;

/** What goes wrong on the way to the webhooks. */
export function EventFaultsForm() {
  const draft = useSignal<EventFaults | undefined>(undefined);
  const shown: EventFaults = draft.value ?? faults.value.events;
  const change = (some: EventFaults) => (draft.value = { ...shown, ...some });
  return (
    <FaultsForm title="Event faults" draft={draft} apply={setEventFaults} off={{}}>
      <label class="frequency">
        <span>
          Webhooks are down
          <span class="hint">Every attempt fails as if nobody answered.</span>
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={shown.isDown ?? false}
          onChange={({ currentTarget }) => change({ isDown: currentTarget.checked })}
        />
      </label>
      {shares.map(({ name, label, hint }) => (
        <NumberField
          key={name}
          label={label}
          hint={hint}
          min={0}
          max={100}
          value={percent(shown[name])}
          onChange={(value) => change({ [name]: (value ?? 0) / 100 })}
        />
      ))}
      <NumberField
        label="Delay"
        hint="Milliseconds by which every event comes later."
        min={0}
        max={86_400_000}
        value={shown.delayInMs ?? 0}
        onChange={(delayInMs) => change({ delayInMs: delayInMs ?? 0 })}
      />
    </FaultsForm>
  );
}

function percent(share: number | undefined): number {
  // 0.07 * 100 is 7.000000000000001.
  return Number(((share ?? 0) * 100).toFixed(6));
}
