import { Icon, type IconName } from "../parts/icon.js";
import { theme, themes, type Theme } from "../theme.js";

const icons: Readonly<Record<Theme, IconName>> = { auto: "system", light: "sun", dark: "moon" };

/** Goes through the themes. */
export function ThemeButton() {
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? "auto";
  return (
    <button
      type="button"
      class="bare"
      title={`Theme: ${theme.value}. Press for ${next}.`}
      onClick={() => (theme.value = next)}
    >
      <Icon name={icons[theme.value]} />
      <span class="hidden">Theme: {theme.value}</span>
    </button>
  );
}
