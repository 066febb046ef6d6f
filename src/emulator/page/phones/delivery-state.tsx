import { Icon, type IconName } from "../parts/icon.js";
import type { Message } from "../records.js";

const looks: Readonly<Record<Message["state"], { icon: IconName; word: string }>> = {
  "under-way": { icon: "clock", word: "Under way" },
  delivered: { icon: "check", word: "Delivered" },
  failed: { icon: "cross", word: "Failed" },
  blocked: { icon: "ban", word: "Blocked by opt-out" },
};

/** What became of a message, in a word. */
export function DeliveryState({ state }: { readonly state: Message["state"] }) {
  const { icon, word } = looks[state];
  return (
    <span class={`state ${state}`}>
      <Icon name={icon} />
      {word}
    </span>
  );
}
