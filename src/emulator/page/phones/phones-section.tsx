import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Phone } from "../conversations.js";
import { plural } from "../format.js";
import { route } from "../route.js";
import { phones } from "../state.js";
import { FirstSteps } from "./first-steps.js";
import { PhoneCard } from "./phone-card.js";
import { PhoneList } from "./phone-list.js";

/** More cards than this would not help anybody: there is the filter. */
const cardLimit = 100;

/** So many cards are drawn at once; those further to the right when they come near. */
const drawnAtOnce = 8;

const filter = signal("");

/** Numbers are looked for without the blanks and dashes that people write in them. */
const found = computed((): readonly Phone[] => {
  const wanted = filter.value.replaceAll(/[^\d+]/g, "");
  return [...phones.value.values()].filter(({ number }) => number.includes(wanted));
});

/** The phones side by side. On a small screen: their list, or the one that was chosen. */
export function PhonesSection() {
  const chosen = route.value.phone;
  useEffect(() => {
    document
      .querySelector(`.phone[data-number="${chosen ?? ""}"]`)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);
  const cards = around(found.value, chosen);
  return (
    <>
      <h2 class="hidden">Phones</h2>
      <PhoneList phones={found.value} filter={filter} chosen={chosen} />
      <div class={chosen === undefined ? "cards" : "cards chosen"}>
        {phones.value.size === 0 && <FirstSteps />}
        {phones.value.size > 0 && found.value.length === 0 && <p class="nothing">No phone matches.</p>}
        {cards.map((phone, index) => (
          <PhoneCard
            key={phone.number}
            phone={phone}
            isChosen={phone.number === chosen}
            isDrawn={index < drawnAtOnce}
          />
        ))}
        {found.value.length > cards.length && (
          <p class="nothing">
            {plural(found.value.length - cards.length, "more phone")}: choose one in the list, or filter by
            number.
          </p>
        )}
      </div>
    </>
  );
}

/** The first phones, or those around the chosen one where it is none of them. */
function around(all: readonly Phone[], chosen: string | undefined): readonly Phone[] {
  const at = all.findIndex(({ number }) => number === chosen);
  const start = at < cardLimit ? 0 : at - cardLimit / 2;
  return all.slice(start, start + cardLimit);
}
