import type { Phone } from "../conversations.js";
import { plural } from "../format.js";
import { pairKey } from "../model.js";
import { senders } from "../state.js";
import { unread } from "../unread.js";

interface SenderChoiceProps {
  readonly phone: Phone;
  readonly sender: string;
  readonly onChoose: (sender: string) => void;
}

/** Whom the phone is talking with: a name where there is one alone, else a choice, those with messages first. */
export function SenderChoice({ phone, sender, onChoose }: SenderChoiceProps) {
  const talking = phone.conversations.map((conversation) => conversation.sender);
  const all = [...new Set([...talking, ...senders.value.map(({ number }) => number)])];
  if (all.length < 2) return <p class="sender">with {sender}</p>;
  return (
    <label class="sender">
      <span>with</span>
      <select
        aria-label="Conversation with"
        value={sender}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        {all.map((one) => (
          <option key={one} value={one}>
            {one}
            {noteOn(phone, one)}
          </option>
        ))}
      </select>
      <OtherUnread phone={phone.number} sender={sender} all={all} />
    </label>
  );
}

function noteOn(phone: Phone, sender: string): string {
  const count = unread.value.get(pairKey({ phone: phone.number, sender })) ?? 0;
  if (count > 0) return ` (${count} unread)`;
  return phone.conversations.some((one) => one.sender === sender) ? "" : " (no messages)";
}

interface OtherUnreadProps {
  readonly phone: string;
  readonly sender: string;
  readonly all: readonly string[];
}

/** A hint that something came in a conversation that is not the one that is shown. */
function OtherUnread({ phone, sender, all }: OtherUnreadProps) {
  const others = all.filter((one) => one !== sender);
  const count = others.reduce(
    (sum, one) => sum + (unread.value.get(pairKey({ phone, sender: one })) ?? 0),
    0,
  );
  if (count === 0) return null;
  return (
    <span class="badge new" title={`${plural(count, "message")} in other conversations`}>
      {count}
      <span class="hidden"> unread in other conversations</span>
    </span>
  );
}
