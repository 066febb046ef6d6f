import { maskPhoneNumbers } from "../../../privacy/mask-phone-number.js";
import type { GroupKey, SummaryGroup } from "../../summary.js";
import { isTimeKey } from "../../group-keys.js";
import { Numbers } from "./numbers.js";
import { Times } from "./times.js";

/** How a report writes what it tells. */
export interface Words {
  readonly numbers: Numbers;
  readonly times: Times;
}

export function wordsFor(locale: string, timeZone: string): Words {
  return { numbers: new Numbers(locale), times: new Times(locale, timeZone) };
}

/** What people who run campaigns call the keys. */
export const keyNames: Readonly<Record<GroupKey, string>> = {
  tag: "Campaign",
  sender: "Sender",
  senderKind: "Kind of sender",
  country: "Country",
  minute: "Minute",
  hour: "Hour",
  day: "Day",
  week: "Week",
};

const missing: Readonly<Partial<Record<GroupKey, string>>> = {
  tag: "No tag",
  country: "Unknown country",
  sender: "Unknown sender",
};

/** The value of a key, for people. Only a sender may be a phone number: a tag with one in it has it masked. */
export function keyText(group: SummaryGroup, key: GroupKey, { times }: Words): string {
  const value = group.key[key] ?? null;
  if (value === null) return missing[key] ?? "None";
  if (isTimeKey(key)) return times.period(key, new Date(value));
  return key === "sender" ? value : maskPhoneNumbers(value);
}
