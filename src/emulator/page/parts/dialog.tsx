import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icon.js";

interface DialogProps {
  readonly title: string;
  readonly isOpen: Signal<boolean>;
  readonly children: ComponentChildren;
}

/** A window over the page. The browser keeps the focus in it, closes it on Escape and gives the focus back. */
export function Dialog({ title, isOpen, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (isOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen.value]);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={() => (isOpen.value = false)}>
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" class="bare" onClick={() => (isOpen.value = false)}>
          <Icon name="cross" />
          <span class="hidden">Close</span>
        </button>
      </header>
      {children}
    </dialog>
  );
}
