import type { Signal } from "@preact/signals";
import { countOf } from "../format.js";
import { Icon } from "./icon.js";

interface LogToolsProps {
  readonly what: string;
  readonly filter: Signal<string>;
  readonly failedOnly: Signal<boolean>;
  readonly isHeld: boolean;
  /** How many came since it is held still. */
  readonly missed: number;
  readonly onHold: () => void;
}

/** What a log is searched and held still with. */
export function LogTools({ what, filter, failedOnly, isHeld, missed, onHold }: LogToolsProps) {
  return (
    <div class="tools">
      <FilterBox label={`Filter ${what}`} filter={filter} />
      <label class="check">
        <input
          type="checkbox"
          checked={failedOnly}
          onChange={({ currentTarget }) => (failedOnly.value = currentTarget.checked)}
        />
        Failed only
      </label>
      <button type="button" aria-pressed={isHeld} onClick={onHold}>
        <Icon name={isHeld ? "play" : "pause"} />
        {isHeld ? "Resume" : "Pause"}
        {missed > 0 && <span class="badge">{countOf(missed)} new</span>}
      </button>
    </div>
  );
}

/** A field that `/` leads to. */
export function FilterBox({ label, filter }: { readonly label: string; readonly filter: Signal<string> }) {
  return (
    <label class="filter">
      <Icon name="search" />
      <span class="hidden">{label}</span>
      <input
        type="search"
        placeholder={label}
        data-filter
        value={filter}
        onInput={({ currentTarget }) => (filter.value = currentTarget.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}
