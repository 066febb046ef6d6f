import { formText } from "../parts/form-text.js";
import type { Sender } from "../records.js";

/** The kinds of senders. */
export const kinds = ["toll-free", "short-code", "10dlc", "alphanumeric"] as const;

/** Where a short code can belong. */
export const countryCodes = ["US", "CA", "GB"] as const;

/** The sender that a form describes. What it does not ask for, or is left empty, is left out. */
export function readSender(form: HTMLFormElement, kind: Sender["kind"]): Sender {
  const country = oneOf(countryCodes, formText(form, "country"));
  const optOutManagement = oneOf(["acs", "business"], formText(form, "optOutManagement"));
  const replies = Object.fromEntries(
    ["optOut", "optIn", "help"].flatMap((name) => {
      const text = formText(form, name);
      return text === "" ? [] : [[name, text]];
    }),
  );
  return {
    number: formText(form, "number"),
    kind,
    ...(country && { country }),
    ...(optOutManagement && { optOutManagement }),
    ...(Object.keys(replies).length > 0 && { replies }),
  };
}

/** A text that is one of some, for the compiler to know. */
export function oneOf<T extends string>(known: readonly T[], text: string): T | undefined {
  return known.find((one) => one === text);
}
