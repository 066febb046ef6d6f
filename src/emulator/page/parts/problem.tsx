import type { ReadonlySignal } from "@preact/signals";
import { Icon } from "./icon.js";

/** What went wrong, beside what caused it; nothing while all is well. */
export function Problem({ of, id }: { readonly of: ReadonlySignal<string>; readonly id?: string }) {
  if (of.value === "") return null;
  return (
    <p class="problem" role="alert" id={id}>
      <Icon name="warning" />
      <span>{of}</span>
    </p>
  );
}
