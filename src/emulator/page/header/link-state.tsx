import { link, type Link } from "../live.js";
import { Chip, type Tone } from "../parts/chip.js";
import type { IconName } from "../parts/icon.js";

const looks: Readonly<Record<Link, { tone: Tone; icon: IconName; word: string }>> = {
  connecting: { tone: "quiet", icon: "clock", word: "Connecting" },
  live: { tone: "good", icon: "check", word: "Live" },
  disconnected: { tone: "bad", icon: "cross", word: "Disconnected" },
};

/** Whether what the page shows is how things are. */
export function LinkState() {
  const { tone, icon, word } = looks[link.value];
  return (
    <span role="status" aria-live="polite">
      <Chip tone={tone} icon={icon}>
        {word}
      </Chip>
    </span>
  );
}
