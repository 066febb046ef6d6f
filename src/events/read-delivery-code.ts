/**
 * What the code at the start of a delivery report's details means. Source: azure-docs,
 * communication-services/includes/codes/sms-sdk.md at a8a7aa9, abridged.
 */
const meanings: ReadonlyMap<number, string> = new Map([
  [2000, "The message was delivered."],
  [4000, "The message was rejected by fraud detection."],
  [4001, "The sender's number has an invalid format."],
  [4002, "The recipient's number has an invalid format."],
  [4003, "The destination is not supported."],
  [4004, "The recipient's number does not exist."],
  [4005, "The message was blocked by the recipient's carrier."],
  [4006, "The recipient's number is not reachable."],
  [4007, "The recipient has opted out of receiving messages from you."],
  [4008, "You have exceeded the maximum number of messages for your profile."],
  [4009, "The message was rejected by the Microsoft entitlement system."],
  [4010, "The toll-free number is not verified."],
  [4020, "The message was rejected by the carrier for a volumetric violation."],
  [5000, "The message failed; contact Microsoft's support."],
  [5001, "An application or system was temporarily unavailable."],
  [5002, "The carrier does not support delivery reports; the message may have been delivered."],
  [9999, "The message failed with an unknown error."],
]);

/**
 * What a delivery report's `code` means, in a sentence; `undefined` for a code that Microsoft does not list. For people
 * to read: branch on the code.
 */
export function deliveryCodeMeaning(code: number): string | undefined {
  return meanings.get(code);
}

/** `2000: No Error` has a code, `Sender blocked for given recipient.` has none. */
export function readDeliveryCode(details: string): number | undefined {
  const digits = /^(\d{4})\b/.exec(details)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
