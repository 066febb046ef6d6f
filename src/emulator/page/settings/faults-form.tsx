import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Problem } from "../parts/problem.js";
import { useAction } from "../parts/use-action.js";

interface FaultsFormProps<T extends object> {
  readonly title: string;
  /** What is to be in force; none while nothing was changed. */
  readonly draft: Signal<T | undefined>;
  readonly apply: (faults: T) => Promise<void>;
  /** What means that nothing goes wrong. */
  readonly off: T;
  readonly children: ComponentChildren;
}

/** A form for faults, with which they are applied, or all turned off. */
export function FaultsForm<T extends object>({ title, draft, apply, off, children }: FaultsFormProps<T>) {
  const { problem, run, isBusy } = useAction();
  const id = useId();
  const send = async (faults: T) => {
    if (await run(() => apply(faults))) draft.value = undefined;
  };
  return (
    <section class="panel" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <form
        class="stack"
        aria-labelledby={id}
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.value !== undefined) void send(draft.value);
        }}
      >
        {children}
        <div class="buttons">
          <button type="submit" class="primary" disabled={isBusy.value || draft.value === undefined}>
            Apply<span class="hidden"> {title.toLowerCase()}</span>
          </button>
          <button type="button" disabled={isBusy} onClick={() => void send(off)}>
            Turn all off
          </button>
          {draft.value !== undefined && (
            <button type="button" onClick={() => (draft.value = undefined)}>
              Discard
            </button>
          )}
        </div>
        <Problem of={problem} />
      </form>
    </section>
  );
}
