import { useSignal } from "@preact/signals";
import { typeOnPhone } from "../api.js";
import { Icon } from "../parts/icon.js";
import { Problem } from "../parts/problem.js";
import { useAction } from "../parts/use-action.js";
import { measure } from "../../carriers/segments.js";
import { senders } from "../state.js";
import { SegmentRuler } from "./segment-ruler.js";

interface ComposerProps {
  readonly phone: string;
  /** Whom the phone texts. */
  readonly sender: string;
}

/** The words that carriers act on. */
const words = ["STOP", "START", "HELP"];

/** Where somebody types on the phone. */
export function Composer({ phone, sender }: ComposerProps) {
  const text = useSignal("");
  const { problem, run } = useAction();
  const refusal = whyNot(sender);
  if (refusal !== undefined) return <p class="composer one-way">{refusal}</p>;
  const send = (message: string) => run(() => typeOnPhone(phone, sender, message));
  const sendText = async () => {
    const message = text.value;
    if (message.trim() === "") return;
    text.value = "";
    // What could not be sent comes back, unless something else was typed meanwhile.
    if (!(await send(message)) && text.value === "") text.value = message;
  };
  return (
    <form
      class="composer"
      aria-label={`Write on ${phone}`}
      onSubmit={(event) => {
        event.preventDefault();
        void sendText();
      }}
    >
      <div class="words">
        {words.map((word) => (
          <button key={word} type="button" class="word" onClick={() => void send(word)}>
            {word}
          </button>
        ))}
        {text.value !== "" && <SegmentRuler measure={measure(text.value)} />}
      </div>
      <div class="write">
        <textarea
          aria-label={`Message to ${sender}`}
          placeholder="Text message"
          rows={1}
          value={text}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          onKeyDown={(event) => {
            // While a word is being composed, as in Japanese, Enter takes the word.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void sendText();
          }}
        />
        <button type="submit" class="send" disabled={text.value.trim() === ""} title="Send (Enter)">
          <Icon name="send" />
          <span class="hidden">Send</span>
        </button>
      </div>
      <Problem of={problem} />
    </form>
  );
}

/** Why nobody can write to a sender; nothing where they can. */
function whyNot(sender: string): string | undefined {
  const known = senders.value.find(({ number }) => number === sender);
  if (known === undefined) return `${sender} is none of the emulator's senders any more.`;
  if (known.kind !== "alphanumeric") return undefined;
  return "Alphanumeric senders are one-way: nobody can reply to them.";
}
