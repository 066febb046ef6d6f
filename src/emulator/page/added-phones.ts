const key = "acs-sms.phones";

/** The phones that were added by hand. They live as long as the tab, over reloads and resets. */
export function addedPhones(): readonly string[] {
  return sessionStorage.getItem(key)?.split(" ") ?? [];
}

/** Remembers one more. */
export function rememberPhone(number: string): void {
  sessionStorage.setItem(key, [...new Set([...addedPhones(), number])].join(" "));
}
