import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.js";

/** How something is: its colour, which an icon or a word always goes with. */
export type Tone = "good" | "bad" | "warning" | "quiet";

interface ChipProps {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly title?: string;
  readonly children: ComponentChildren;
}

/** A short word about how something is. */
export function Chip({ tone, icon, title, children }: ChipProps) {
  return (
    <span class={`chip ${tone}`} title={title}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
