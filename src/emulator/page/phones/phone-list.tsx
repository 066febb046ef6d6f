import type { Signal } from "@preact/signals";
import type { Phone } from "../conversations.js";
import { countOf, plural } from "../format.js";
import { hashOf } from "../hash.js";
import { FilterBox } from "../parts/log-tools.js";
import { unread, unreadOf } from "../unread.js";
import { AddPhone } from "./add-phone.js";
import { focusComposer } from "./focus-composer.js";
import { lastMessage } from "./last-message.js";

interface PhoneListProps {
  readonly phones: readonly Phone[];
  readonly filter: Signal<string>;
  readonly chosen: string | undefined;
}

const limit = 300;

/** All phones, with what nobody has read yet. */
export function PhoneList({ phones, filter, chosen }: PhoneListProps) {
  return (
    <nav class="rail" aria-label="Phones">
      <AddPhone />
      <FilterBox label="Filter phones" filter={filter} />
      <ul>
        {phones.slice(0, limit).map((phone) => (
          <li key={phone.number}>
            <PhoneLink phone={phone} isChosen={phone.number === chosen} />
          </li>
        ))}
      </ul>
      {phones.length > limit && <p class="nothing">{plural(phones.length - limit, "more phone")}</p>}
    </nav>
  );
}

function PhoneLink({ phone, isChosen }: { readonly phone: Phone; readonly isChosen: boolean }) {
  const count = unreadOf(phone.number, unread.value);
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
}
