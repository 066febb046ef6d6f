interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly min: number;
  readonly max: number;
  /** None: the field is empty, which it may be. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** A number in a line of its own. */
export function NumberField({ label, hint, min, max, value, onChange }: NumberFieldProps) {
  return (
    <label class="frequency">
      <span>
        {label}
        {hint !== undefined && <span class="hint">{hint}</span>}
      </span>
      <input
        type="number"
        onFocus={({ currentTarget }) => currentTarget.select()}
        min={min}
        max={max}
        step="any"
        value={value ?? ""}
        onInput={({ currentTarget: { value } }) => onChange(value === "" ? undefined : Number(value))}
      />
    </label>
  );
}
