import { effect, signal } from "@preact/signals";

/** Which colours the page has: `auto` follows the system. */
export const themes = ["auto", "light", "dark"] as const;

/** One of them. */
export type Theme = (typeof themes)[number];

const key = "acs-sms.theme";

/** The theme in force; it is kept for the next visit. */
export const theme = signal<Theme>(themes.find((one) => one === localStorage.getItem(key)) ?? "auto");

effect(() => {
  document.documentElement.dataset["theme"] = theme.value;
  localStorage.setItem(key, theme.value);
});
