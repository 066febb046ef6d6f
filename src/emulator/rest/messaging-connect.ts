import type { EmulatorSender } from "../senders.js";
import type { FieldErrors } from "./error-answers.js";

/** What a request says about the partner through whom it goes; beyond this, only its shape is checked. */
export interface MessagingConnect {
  readonly partner: string;
}

/**
 * What is wrong with a send through a partner's number, if anything. The texts are documented; [INFER] their envelope is
 * that of a field, and the partner is compared letter by letter. A version that does not know the option cannot provide it.
 */
export function connectErrors(
  { messagingConnectPartner }: EmulatorSender,
  given: MessagingConnect | null | undefined,
): FieldErrors | undefined {
  if (messagingConnectPartner === undefined || given?.partner === messagingConnectPartner) return undefined;
  const text =
    given === null || given === undefined
      ? "MessagingConnect option isn't provided"
      : "MessagingConnect option isn't matching with the number information.";
  return { MessagingConnect: [text] };
}
