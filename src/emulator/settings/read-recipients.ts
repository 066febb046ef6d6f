import { z } from "zod";
import type { EmulatorRecipient } from "../carriers/recipients.js";
import { readWith } from "./read.js";
import { integerFrom, numberFrom, oneOf, settingsObject } from "./shapes.js";
import { isPhoneNumber } from "../numbers.js";

/**
 * Copies the recipients that a caller gives, checked.
 *
 * @throws TypeError or RangeError for the first that is wrong.
 */
export function readRecipients(
  given: readonly EmulatorRecipient[] | undefined,
): readonly EmulatorRecipient[] {
  return given === undefined ? [] : readWith(recipients(), given, "recipients");
}

const number = { error: "a phone number in E.164 form" };

/** Made when there are recipients to check, so that an emulator without any starts at once. */
function recipients(): z.ZodType<EmulatorRecipient[]> {
  const recipient = settingsObject({
    number: z.string(number).refine(isPhoneNumber, number),
    deliveryStatus: oneOf("Delivered", "Failed", "none"),
    deliveryStatusDetails: z.string({ error: "a string" }).optional(),
    httpStatusCode: z.literal([202, 503], { error: "202 or 503" }).optional(),
    isShown: z.boolean({ error: "a boolean" }).optional(),
    delayInMs: numberFrom(0, 86_400_000).optional(),
    attempts: integerFrom(1, 10).optional(),
  });
  return z.array(recipient, { error: "an array" });
}
