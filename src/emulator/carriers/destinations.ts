import type { EmulatorSender, EmulatorSenderKind } from "../senders.js";

/** Whether a sender's messages get as far as this number. */
export type Reach = (sender: EmulatorSender, to: string) => boolean;

/** What the report says where they don't, in the words of the documentation's table. */
export const unsupportedDestination = "4003: Message failed to deliver due to unsupported destination.";

/** Where each kind may text `[DOC]`, by ISO 3166-1 alpha-2; a short code texts its own country alone. */
const documented: Readonly<Record<Exclude<EmulatorSenderKind, "short-code">, ReadonlySet<string>>> = {
  "toll-free": countries("US CA PR"),
  "10dlc": countries("US"),
  alphanumeric: countries("AT AU CH CZ DE DK EE ES FI FR GB IE IT LT LV NL NO PL PT SE SI SK"),
};

/**
 * Who reaches whom. The phone number library is loaded where it is needed, once: carrying a message must not wait for it.
 *
 * [INFER] Numbers of no country, as made-up ones are, can be reached from everywhere, and so can everybody through a
 * Messaging Connect partner.
 */
export async function reachOf(destinations: "any" | "documented"): Promise<Reach> {
  if (destinations === "any") return () => true;
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/min");
  return (sender, to) => {
    const country = parsePhoneNumberFromString(to)?.country;
    return country === undefined || texts(sender, country);
  };
}

function texts({ kind, country = "US", messagingConnectPartner }: EmulatorSender, to: string): boolean {
  if (messagingConnectPartner !== undefined) return true;
  return kind === "short-code" ? to === country : documented[kind].has(to);
}

function countries(names: string): ReadonlySet<string> {
  return new Set(names.split(" "));
}
