import type { FaultyLatency } from "../../faults/request-faults.js";
import { latencyOf, rangeOf } from "./fault-values.js";

interface LatencyFieldProps {
  readonly latency: FaultyLatency | undefined;
  readonly onChange: (latency: FaultyLatency) => void;
}

const most = 600_000;

/** How long requests are held up: from, to. */
export function LatencyField({ latency, onChange }: LatencyFieldProps) {
  const range = rangeOf(latency);
  return (
    <div class={range.most === "0" ? "frequency" : "frequency on"} role="group" aria-labelledby="latency">
      <span id="latency">
        Latency
        <span class="hint">Milliseconds, from and to.</span>
      </span>
      <span class="amount">
        <input
          type="number"
          onFocus={({ currentTarget }) => currentTarget.select()}
          aria-label="Latency, from"
          min={0}
          max={most}
          required
          value={range.least}
          onInput={({ currentTarget }) => onChange(latencyOf(currentTarget.value, range.most))}
        />
        <span aria-hidden="true">to</span>
        <input
          type="number"
          onFocus={({ currentTarget }) => currentTarget.select()}
          aria-label="Latency, to"
          min={0}
          max={most}
          value={range.most}
          onInput={({ currentTarget }) =>
            onChange({ least: Number(range.least), most: Number(currentTarget.value) })
          }
        />
      </span>
    </div>
  );
}
