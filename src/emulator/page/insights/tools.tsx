import type { Signal } from "@preact/signals";
import { Icon } from "../parts/icon.js";
import { range, ranges } from "./choices.js";
import { reportPath } from "./get-figures.js";

/** Which time is looked at, and the way to the same as a page. */
export function Tools() {
  return (
    <div class="tools">
      <Choice label="Range" of={range} among={ranges} />
      <a class="report" href={reportPath(range.value)} target="_blank" rel="noopener">
        <Icon name="document" />
        Open as a report
      </a>
    </div>
  );
}

interface ChoiceProps<T extends { readonly name: string }> {
  readonly label: string;
  readonly of: Signal<T>;
  readonly among: readonly T[];
}

/** One of a few, all of which are in sight. */
export function Choice<T extends { readonly name: string }>({ label, of, among }: ChoiceProps<T>) {
  return (
    <div role="group" aria-label={label} class="segments">
      {among.map((one) => (
        <button key={one.name} type="button" aria-pressed={one === of.value} onClick={() => (of.value = one)}>
          {one.name}
        </button>
      ))}
    </div>
  );
}
