import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icon.js";
import { memo } from "./memo.js";

interface LogRowProps<T> {
  readonly entry: T;
  readonly Summary: (props: { readonly entry: T }) => ComponentChildren;
  readonly Details: (props: { readonly entry: T }) => ComponentChildren;
}

/** An entry of a log; a press on it opens what was said. */
function Row<T>({ entry, Summary, Details }: LogRowProps<T>) {
  const isOpen = useSignal(false);
  const id = useId();
  return (
    <li>
      <button
        type="button"
        class="log-row"
        data-row
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Summary entry={entry} />
        <Icon name="chevron" />
      </button>
      <div id={id} class="log-details" hidden={!isOpen.value}>
        {isOpen.value && <Details entry={entry} />}
      </div>
    </li>
  );
}

/** The same, drawn once. */
export const LogRow = memo(Row);
