/** Leads the keyboard to where one writes on a phone, once the phone is drawn. */
export function focusComposer(number: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`.phone[data-number="${number}"] textarea`)?.focus();
    }),
  );
}
