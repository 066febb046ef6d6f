import type { Frequency } from "./fault-values.js";

interface FrequencyFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly name: string;
  readonly value: Frequency;
  readonly onChange: (value: Frequency) => void;
}

/** Which requests a fault hits. */
export function FrequencyField({ label, hint, name, value, onChange }: FrequencyFieldProps) {
  const id = `fault-${name}`;
  const isOn = Number(value.amount) > 0;
  return (
    <div class={isOn ? "frequency on" : "frequency"}>
      <label for={id}>
        {label}
        <span class="hint">{hint}</span>
      </label>
      <span class="amount">
        <input
          id={id}
          type="number"
          onFocus={({ currentTarget }) => currentTarget.select()}
          min={0}
          max={value.unit === "percent" ? 100 : 1_000_000}
          step={value.unit === "percent" ? "any" : 1}
          required
          value={value.amount}
          onInput={({ currentTarget }) => onChange({ ...value, amount: currentTarget.value })}
        />
        <select
          aria-label={`${label}: share or count`}
          value={value.unit}
          onChange={({ currentTarget }) =>
            onChange({ ...value, unit: currentTarget.value === "next" ? "next" : "percent" })
          }
        >
          <option value="percent">%</option>
          <option value="next">next</option>
        </select>
      </span>
    </div>
  );
}
