import { useSignal } from "@preact/signals";
import { setRequestFaults } from "../api.js";
import type { RequestFaults } from "../../faults/request-faults.js";
import { faults } from "../state.js";
import { FaultsForm } from "./faults-form.js";
import { faultOf, frequencyOf } from "./fault-values.js";
import { FrequencyField } from "./frequency-field.js";
import { LatencyField } from "./latency-field.js";
import { NumberField } from "./number-field.js";

const kinds = [
  { name: "dropBefore", label: "Drop before", hint: "The connection ends, nothing was taken." },
  { name: "tooManyRequests", label: "Too many requests", hint: "429, nothing was done." },
  { name: "serverError", label: "Server error", hint: "5xx, nothing was done." },
  { name: "dropAfter", label: "Drop after", hint: "The message is taken, the answer is lost." },
] as const;

/** What goes wrong with requests. Follows the emulator, where bursts count down, until something is changed here. */
export function RequestFaultsForm() {
  const draft = useSignal<RequestFaults | undefined>(undefined);
  const shown = draft.value ?? faults.value.requests;
  const change = (some: RequestFaults) => (draft.value = { ...shown, ...some });
  return (
    <FaultsForm title="Request faults" draft={draft} apply={setRequestFaults} off={{}}>
      <p class="quiet">Each hits a share of the requests, or the next so many.</p>
      <LatencyField latency={shown.latencyInMs} onChange={(latencyInMs) => change({ latencyInMs })} />
      {kinds.map(({ name, label, hint }) => (
        <FrequencyField
          key={name}
          name={name}
          label={label}
          hint={hint}
          value={frequencyOf(shown[name])}
          onChange={(value) => change({ [name]: faultOf(value) })}
        />
      ))}
      <NumberField
        label="Status of a server error"
        min={500}
        max={599}
        value={shown.serverErrorStatus ?? 503}
        onChange={(serverErrorStatus) => change({ serverErrorStatus })}
      />
      <NumberField
        label="Retry-After"
        hint="Seconds, of 429 and server errors; empty: no header."
        min={0}
        max={86_400}
        value={shown.retryAfterInSeconds}
        onChange={(retryAfterInSeconds) => change({ retryAfterInSeconds })}
      />
      <NumberField
        label="Clock skew"
        hint="Milliseconds that the service's clock is ahead; negative: behind."
        min={-86_400_000}
        max={86_400_000}
        value={shown.clockSkewInMs ?? 0}
        onChange={(clockSkewInMs) => change({ clockSkewInMs })}
      />
    </FaultsForm>
  );
}
