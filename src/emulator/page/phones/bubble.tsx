import { timeOf } from "../format.js";
import { Icon } from "../parts/icon.js";
import { memo } from "../parts/memo.js";
import type { Message } from "../records.js";
import { DeliveryState } from "./delivery-state.js";
import { SegmentRuler } from "./segment-ruler.js";

const authors: Readonly<Record<Message["kind"], string>> = {
  outbound: "Message",
  inbound: "Typed on the phone",
  notice: "Automatic reply",
};

/** A message with what became of it. */
export const Bubble = memo(({ message }: { readonly message: Message }) => {
  const { kind, isShown, at, tag } = message;
  return (
    <article class={isShown ? `bubble ${kind}` : `bubble ${kind} unseen`} aria-label={authors[kind]}>
      {kind === "notice" && <p class="author">{authors.notice}</p>}
      <p class="text">{message.message}</p>
      <footer>
        {kind === "outbound" && <DeliveryState state={message.state} />}
        <time dateTime={at} title={at}>
          {timeOf(at)}
        </time>
        {tag !== undefined && <span class="tag">{tag}</span>}
        {kind === "outbound" && <SegmentRuler measure={message} />}
        <Explanation message={message} />
      </footer>
    </article>
  );
});

/** Why it went as it did. */
function Explanation({ message: { isShown, state, details } }: { readonly message: Message }) {
  const isBad = state === "failed" || state === "blocked";
  if (!isBad && isShown) return null;
  return (
    <p class="explanation">
      {isBad && details !== undefined && <span>{details} </span>}
      {isBad && !isShown && (
        <span class="never">
          <Icon name="ban" />
          The phone never showed it.
        </span>
      )}
      {state === "under-way" && !isShown && <span>Not on the phone yet.</span>}
    </p>
  );
}
