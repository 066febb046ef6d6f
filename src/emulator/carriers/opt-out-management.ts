import type { EmulatorSender } from "../senders.js";

/**
 * Who acts on the words that people reply with, and blocks what is sent to those who opted out: the carrier with ACS, ACS
 * alone, or nobody but the business that sends.
 */
export type OptOutManager = "carrier" | "acs" | "business";

interface Management {
  readonly manager: OptOutManager;
  /** Whether a sender can have the other of `acs` and `business`. */
  readonly isChoice: boolean;
}

const usShortCode: Management = { manager: "acs", isChoice: true };
const relayedOnly: Management = { manager: "business", isChoice: false };

const shortCodes: Readonly<Record<NonNullable<EmulatorSender["country"]>, Management>> = {
  US: usShortCode,
  CA: relayedOnly,
  GB: relayedOnly,
};

const others: Readonly<Record<Exclude<EmulatorSender["kind"], "short-code">, Management>> = {
  "toll-free": { manager: "carrier", isChoice: false },
  // [INFER] The documentation says in one place that the business must handle opt-outs and speaks in another of keyword
  // responses in the campaign brief.
  "10dlc": { manager: "business", isChoice: true },
  // One-way: there is nobody to reply to, and the service enforces nothing.
  alphanumeric: relayedOnly,
};

/** Who manages the opt-outs of a sender. */
export function managerOf(sender: EmulatorSender): OptOutManager {
  return sender.optOutManagement ?? managementOf(sender).manager;
}

/** Whether a sender of this kind and country leaves a choice. */
export function isManagementChoice(sender: Pick<EmulatorSender, "kind" | "country">): boolean {
  return managementOf(sender).isChoice;
}

function managementOf({ kind, country }: Pick<EmulatorSender, "kind" | "country">): Management {
  return kind === "short-code" ? shortCodes[country ?? "US"] : others[kind];
}
