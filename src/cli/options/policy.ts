import type { SuppressionListOptions } from "../../suppression/list-options.js";
import { readSender } from "./sender.js";

/** How facts are read: these must say what the program that sends says, or the answers differ. */
export const policyOptions = {
  "revoke-all": {
    type: "boolean",
    help: "An opt-out from any sender stops all senders, as `revokeAll` in your program.",
  },
  program: {
    type: "string",
    value: "<senders>",
    multiple: true,
    help: "Senders of one programme, with commas between them, as `program` in your program: an opt-out from one stops them all.",
  },
} as const;

interface PolicyValues {
  readonly "revoke-all": boolean;
  readonly program: readonly string[];
}

export function policyFrom({ "revoke-all": revokeAll, program }: PolicyValues): SuppressionListOptions {
  const programs = new Map<string, string>();
  for (const [index, senders] of program.entries()) {
    // No sender's key has a colon, so no programme has the name of another sender's own.
    for (const sender of senders.split(",")) programs.set(readSender(sender), `programme:${index}`);
  }
  return { revokeAll, program: (sender) => programs.get(sender) ?? sender };
}
