import type { Signal } from "@preact/signals";
import type { Phone } from "../conversations.js";
import { countOf, plural } from "../format.js";
import { hashOf } from "../hash.js";
import { FilterBox } from "../parts/log-tools.js";
import { memo } from "../parts/memo.js";
import { unreadByPhone } from "../unread.js";
import { AddPhone } from "./add-phone.js";
import { focusComposer } from "./focus-composer.js";
import { lastMessage } from "./last-message.js";

interface PhoneListProps {
  readonly phones: readonly Phone[];
  readonly filter: Signal<string>;
  readonly chosen: string | undefined;
}

const limit = 300;

interface PhoneLinkProps {
  readonly phone: Phone;
  readonly isChosen: boolean;
  /** How many messages nobody has read. */
  readonly count: number;
}

const PhoneLink = memo(({ phone, isChosen, count }: PhoneLinkProps) => {
  return (
    <a
      href={hashOf("phones", phone.number)}
      data-row
      aria-current={isChosen ? "true" : undefined}
      onClick={() => focusComposer(phone.number)}
    >
      <span class="number">{phone.number}</span>
      {count > 0 && (
        <span class="badge new">
          {countOf(count)}
          <span class="hidden"> unread</span>
        </span>
      )}
      <span class="preview">{lastMessage(phone)?.message ?? "No messages yet"}</span>
    </a>
  );
});

/** All phones, with what nobody has read yet. */
export function PhoneList({ phones, filter, chosen }: PhoneListProps) {
  return (
    <nav class="rail" aria-label="Phones">
      <AddPhone />
      <FilterBox label="Filter phones" filter={filter} />
      <ul>
        {phones.slice(0, limit).map((phone) => (
          <li key={phone.number}>
            <PhoneLink
              phone={phone}
              isChosen={phone.number === chosen}
              count={unreadByPhone.value.get(phone.number) ?? 0}
            />
          </li>
        ))}
      </ul>
      {phones.length > limit && <p class="nothing">{plural(phones.length - limit, "more phone")}</p>}
    </nav>
  );
}
