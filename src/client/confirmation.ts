import { expected } from "../errors/expected.js";
import { addressKey } from "../phone-numbers/address-key.js";
import type { ConfirmationGrant } from "../suppression/confirmation.js";
import type { SmsMessage } from "../transport/sms-transport.js";

/** A grant lets one text pass to one recipient from one sender; anything else would let more people be texted. */
export function checkedConfirmation(
  grant: ConfirmationGrant | undefined,
  message: SmsMessage,
  recipients: readonly string[],
): ConfirmationGrant | undefined {
  if (grant === undefined) return undefined;
  const [recipient] = recipients;
  const isForThem =
    recipients.length === 1 && recipient !== undefined && addressKey(recipient) === grant.recipient;
  if (!isForThem) throw expected("to", "the one recipient of `confirmation`", recipients);
  if (addressKey(message.from) !== grant.sender)
    throw expected("from", "the sender of `confirmation`", message.from);
  return grant;
}
