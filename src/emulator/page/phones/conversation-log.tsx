import { useSignal } from "@preact/signals";
import { Fragment } from "preact";
import type { Conversation } from "../conversations.js";
import { countOf, dayOf, isSameDay } from "../format.js";
import type { Message } from "../records.js";
import { Bubble } from "./bubble.js";

interface ConversationLogProps {
  readonly conversation: Conversation;
  /** Whether screen readers say what comes: for one phone at a time. */
  readonly isSpoken: boolean;
}

const step = 100;

/** What was said, oldest first. Stays at its end when it is there, see its style. */
export function ConversationLog({ conversation, isSpoken }: ConversationLogProps) {
  const { sender, messages } = conversation;
  const limit = useSignal(step);
  const shown = messages.slice(-limit.value);
  const earlier = messages.length - shown.length;
  return (
    <div
      class="conversation"
      role="log"
      aria-label={`Messages with ${sender}`}
      aria-live={isSpoken ? "polite" : "off"}
      tabIndex={0}
    >
      <div class="bubbles">
        {earlier > 0 && (
          <button type="button" class="more" onClick={() => (limit.value += step)}>
            Show earlier ({countOf(earlier)})
          </button>
        )}
        {shown.length === 0 && <p class="nothing">Nothing was said yet.</p>}
        {shown.map((message, index) => (
          <Fragment key={message.id}>
            <DayChange before={shown[index - 1]} message={message} />
            <Bubble message={message} />
          </Fragment>
        ))}
      </div>
    </div>
  );
}

/** The date, where it is another than before. */
function DayChange({ before, message }: { readonly before: Message | undefined; readonly message: Message }) {
  if (before !== undefined && isSameDay(before.at, message.at)) return null;
  return <p class="day">{dayOf(message.at)}</p>;
}
