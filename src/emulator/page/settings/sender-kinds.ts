import type { Sender } from "../records.js";

/** What the kinds are called. */
export const kindNames: Readonly<Record<Sender["kind"], string>> = {
  "toll-free": "Toll-free",
  "short-code": "Short code",
  "10dlc": "10DLC",
  alphanumeric: "Alphanumeric",
};

/** Whether it is a setting who manages the opt-outs: for 10DLC and the short codes of the United States. */
export function hasChoice({ kind, country }: Pick<Sender, "kind" | "country">): boolean {
  return kind === "10dlc" || (kind === "short-code" && (country ?? "US") === "US");
}

/** Who manages the opt-outs where it is a setting and nothing was set. */
export function defaultManager(kind: Sender["kind"]): "acs" | "business" {
  return kind === "short-code" ? "acs" : "business";
}

/** Who acts on STOP and its like. */
export function managerWords(sender: Sender): string {
  if (sender.kind === "toll-free") return "The carrier";
  const manager = hasChoice(sender) ? (sender.optOutManagement ?? defaultManager(sender.kind)) : "business";
  return manager === "acs" ? "ACS" : "Your code";
}
