import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { conversationWith, type Phone } from "../conversations.js";
import { hashOf } from "../hash.js";
import { pairKey } from "../model.js";
import { Icon } from "../parts/icon.js";
import { memo } from "../parts/memo.js";
import { optOuts, senders } from "../state.js";
import { markOnScreen } from "../unread.js";
import { Composer } from "./composer.js";
import { ConversationLog } from "./conversation-log.js";
import { magicNumbers } from "./magic-numbers.js";
import { OptedOut } from "./opted-out.js";
import { SenderChoice } from "./sender-choice.js";
import { useVisibility } from "./use-visibility.js";

interface PhoneCardProps {
  readonly phone: Phone;
  readonly isChosen: boolean;
  /** Whether it is drawn even before it comes near. */
  readonly isDrawn: boolean;
}

/** A phone. What somebody wrote on it stays when it goes out of sight. */
function Card({ phone, isChosen, isDrawn }: PhoneCardProps) {
  const { number } = phone;
  const card = useRef<HTMLElement>(null);
  const { isNear, isSeen } = useVisibility(card);
  const chosenSender = useSignal<string | undefined>(undefined);
  const sender = chosenSender.value ?? firstSender(phone);
  useEffect(
    () => (isSeen.value ? markOnScreen(pairKey({ phone: number, sender })) : undefined),
    [isSeen.value, number, sender],
  );
  return (
    <section
      ref={card}
      class={isChosen ? "phone chosen" : "phone"}
      data-number={number}
      aria-label={`Phone ${number}`}
    >
      <header>
        <a class="back bare" href={hashOf("phones")}>
          <Icon name="left" />
          <span class="hidden">All phones</span>
        </a>
        <h3>{number}</h3>
        <OptedOut optOut={optOuts.value.get(pairKey({ phone: number, sender }))} />
        <SenderChoice phone={phone} sender={sender} onChoose={(chosen) => (chosenSender.value = chosen)} />
        {magicNumbers[number] !== undefined && <p class="magic">Magic number: {magicNumbers[number]}</p>}
      </header>
      {(isDrawn || isNear.value || isChosen) && (
        <>
          <ConversationLog key={sender} conversation={conversationWith(phone, sender)} isSpoken={isChosen} />
          <Composer key={`${sender} composer`} phone={number} sender={sender} />
        </>
      )}
    </section>
  );
}

/** Drawn again when something happens on this phone. */
export const PhoneCard = memo(Card);

/** Not the newest conversation: what somebody reads must not be exchanged for another. */
function firstSender({ conversations }: Phone): string {
  return conversations[0]?.sender ?? senders.value[0]?.number ?? "";
}
