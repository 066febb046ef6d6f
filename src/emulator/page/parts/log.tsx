import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { countOf } from "../format.js";
import { LogRow } from "./log-row.js";
import { LogTools } from "./log-tools.js";

/** Something that happened, with a number of its own, which is higher than those before it. */
export interface Entry {
  readonly number: number;
}

interface LogProps<T extends Entry> {
  /** What the entries are, for the filter and for the list: `requests`. */
  readonly what: string;
  /** Oldest first, as they came. */
  readonly entries: readonly T[];
  /** What the filter looks in. */
  readonly textOf: (entry: T) => string;
  readonly isFailed: (entry: T) => boolean;
  readonly columns: readonly string[];
  readonly Summary: (props: { readonly entry: T }) => ComponentChildren;
  readonly Details: (props: { readonly entry: T }) => ComponentChildren;
  /** What stands there as long as nothing has happened. */
  readonly children: ComponentChildren;
}

const step = 100;

/** A log that grows at its head, to be filtered, held still and opened. */
export function Log<T extends Entry>(props: LogProps<T>) {
  const { what, entries, columns, Summary, Details } = props;
  const filter = useSignal("");
  const failedOnly = useSignal(false);
  const held = useSignal<readonly T[] | undefined>(undefined);
  const shown = useSignal(step);
  const found = search(held.value ?? entries, props, filter.value, failedOnly.value);
  const missed = held.value === undefined ? 0 : newer(entries, held.value);
  return (
    <>
      <LogTools
        what={what}
        filter={filter}
        failedOnly={failedOnly}
        isHeld={held.value !== undefined}
        missed={missed}
        onHold={() => (held.value = held.value === undefined ? entries : undefined)}
      />
      {entries.length === 0 && props.children}
      {entries.length > 0 && found.length === 0 && <p class="nothing">No {what} match.</p>}
      {found.length > 0 && (
        <>
          <div class={`log-head ${what}`} aria-hidden="true">
            {columns.map((column) => (
              <span key={column}>{column}</span>
            ))}
          </div>
          <ul class={`log ${what}`} aria-label={what}>
            {found.slice(0, shown.value).map((entry) => (
              <LogRow key={entry.number} entry={entry} Summary={Summary} Details={Details} />
            ))}
          </ul>
        </>
      )}
      {found.length > shown.value && (
        <button type="button" class="more" onClick={() => (shown.value += step)}>
          Show {countOf(Math.min(step, found.length - shown.value))} more of {countOf(found.length)} {what}
        </button>
      )}
    </>
  );
}

/** Newest first. */
function search<T extends Entry>(
  entries: readonly T[],
  { textOf, isFailed }: Pick<LogProps<T>, "textOf" | "isFailed">,
  filter: string,
  failedOnly: boolean,
): readonly T[] {
  const wanted = filter.trim().toLowerCase();
  return entries
    .filter((entry) => !failedOnly || isFailed(entry))
    .filter((entry) => wanted === "" || textOf(entry).toLowerCase().includes(wanted))
    .toReversed();
}

function newer<T extends Entry>(entries: readonly T[], held: readonly T[]): number {
  const last = held.at(-1)?.number ?? 0;
  return entries.filter(({ number }) => number > last).length;
}
