import { unsupportedDestination } from "./destinations.js";
import type { EmulatorRecipient } from "./recipients.js";

/** What the `magicNumbers` are called. */
export type MagicNumberName =
  | "fraudDetected"
  | "invalidFrom"
  | "invalidTo"
  | "unsupportedDestination"
  | "nonexistent"
  | "blockedByCarrier"
  | "unreachable"
  | "optedOut"
  | "tooManyForProfile"
  | "notEntitled"
  | "unverifiedTollFree"
  | "volumetricViolation"
  | "failed"
  | "unavailable"
  | "noReportSupport"
  | "unknownFailure"
  | "landline"
  | "neverAnswers"
  | "late"
  | "secondAttempt"
  | "serviceUnavailable";

/**
 * Recipients to whom always the same happens, in every emulator. All of them but the last are accepted with 202: what
 * goes wrong is in the delivery report. No area code is 555, so that none of these numbers can be anybody's.
 *
 * | name                     | number         | what happens                                                                    |
 * | ------------------------ | -------------- | ------------------------------------------------------------------------------- |
 * | `fraudDetected`          | `+15555554000` | `Failed`, `4000: Message is rejected due to fraud detection.`                   |
 * | `invalidFrom`            | `+15555554001` | `Failed`, `4001: Message is rejected due to invalid Source/From number format`  |
 * | `invalidTo`              | `+15555554002` | `Failed`, `4002: Message is rejected due to invalid Destination/To number format.` |
 * | `unsupportedDestination` | `+15555554003` | `Failed`, `4003: Message failed to deliver due to unsupported destination.`     |
 * | `nonexistent`            | `+15555554004` | `Failed`, `4004: Message failed to deliver since Destination/To number doesn't exist.` |
 * | `blockedByCarrier`       | `+15555554005` | `Failed`, `4005: Message blocked by Destination carrier.`                       |
 * | `unreachable`            | `+15555554006` | `Failed`, `4006: The Destination/To number isn't reachable.`                    |
 * | `optedOut`               | `+15555554007` | `Failed`, `4007: The Destination/To number opted out of receiving messages from you.` |
 * | `tooManyForProfile`      | `+15555554008` | `Failed`, `4008: You exceeded the maximum number of messages allowed for your profile.` |
 * | `notEntitled`            | `+15555554009` | `Failed`, `4009: Message rejected by Microsoft Entitlement System.`             |
 * | `unverifiedTollFree`     | `+15555554010` | `Failed`, `4010: Message was blocked due to the toll-free number not being verified.` |
 * | `volumetricViolation`    | `+15555554020` | `Failed`, `4020: Message rejected by the carrier due to a volumetric violation.` |
 * | `failed`                 | `+15555555000` | `Failed`, `5000: Message failed to deliver. Reach out Microsoft support team for more details.` |
 * | `unavailable`            | `+15555555001` | `Failed`, `5001: Message failed to deliver due to temporary unavailability of application/system.` |
 * | `noReportSupport`        | `+15555555002` | `Failed`, `5002: Carrier does not support delivery report`; the phone shows the message all the same |
 * | `unknownFailure`         | `+15555559999` | `Failed`, `9999: Message failed to deliver due to unknown error/failure.`       |
 * | `landline`               | `+15555550001` | `Failed` as `unreachable` is                                                    |
 * | `neverAnswers`           | `+15555550002` | nothing; a report that the message timed out comes when its timeout is over     |
 * | `late`                   | `+15555550003` | `Delivered`, after 10 s                                                         |
 * | `secondAttempt`          | `+15555550004` | `Delivered` after 10 s, when an attempt after 5 s has failed for half of the segments |
 * | `serviceUnavailable`     | `+15555550503` | its item of the answer is 503, `ServiceUnavailable`, and nothing is sent        |
 *
 * The texts are those of the documentation's table. `[INFER]`: the words of 4020, the code of a landline, and that a code
 * stands in front of its text, as in the REST API's sample `2000: No Error`. For other numbers, codes or times, see
 * `EmulatorOptions.recipients`.
 *
 * @example
 * ```ts
 * import { SmsClient } from "acs-sms";
 * import { magicNumbers, startEmulator } from "acs-sms/emulator";
 *
 * const emulator = await startEmulator();
 * const sms = new SmsClient(emulator.connectionString, { allowInsecureConnection: true });
 * const message = { from: "+18005551234", to: [magicNumbers.landline.number], message: "Hello" };
 * await sms.send(message, { enableDeliveryReport: true }); // accepted; the report says that it failed
 * await emulator.close();
 * ```
 */
export const magicNumbers: Readonly<Record<MagicNumberName, EmulatorRecipient>> = {
  fraudDetected: failing("+15555554000", "4000: Message is rejected due to fraud detection."),
  invalidFrom: failing("+15555554001", "4001: Message is rejected due to invalid Source/From number format"),
  invalidTo: failing(
    "+15555554002",
    "4002: Message is rejected due to invalid Destination/To number format.",
  ),
  unsupportedDestination: failing("+15555554003", unsupportedDestination),
  nonexistent: failing(
    "+15555554004",
    "4004: Message failed to deliver since Destination/To number doesn't exist.",
  ),
  blockedByCarrier: failing("+15555554005", "4005: Message blocked by Destination carrier."),
  unreachable: failing("+15555554006", "4006: The Destination/To number isn't reachable."),
  optedOut: failing(
    "+15555554007",
    "4007: The Destination/To number opted out of receiving messages from you.",
  ),
  tooManyForProfile: failing(
    "+15555554008",
    "4008: You exceeded the maximum number of messages allowed for your profile.",
  ),
  notEntitled: failing("+15555554009", "4009: Message rejected by Microsoft Entitlement System."),
  unverifiedTollFree: failing(
    "+15555554010",
    "4010: Message was blocked due to the toll-free number not being verified.",
  ),
  volumetricViolation: failing(
    "+15555554020",
    "4020: Message rejected by the carrier due to a volumetric violation.",
  ),
  failed: failing(
    "+15555555000",
    "5000: Message failed to deliver. Reach out Microsoft support team for more details.",
  ),
  unavailable: failing(
    "+15555555001",
    "5001: Message failed to deliver due to temporary unavailability of application/system.",
  ),
  noReportSupport: {
    ...failing("+15555555002", "5002: Carrier does not support delivery report"),
    isShown: true,
  },
  unknownFailure: failing("+15555559999", "9999: Message failed to deliver due to unknown error/failure."),
  landline: failing("+15555550001", "4006: The Destination/To number isn't reachable."),
  neverAnswers: { number: "+15555550002", deliveryStatus: "none" },
  late: { number: "+15555550003", deliveryStatus: "Delivered", delayInMs: 10_000 },
  secondAttempt: { number: "+15555550004", deliveryStatus: "Delivered", delayInMs: 5000, attempts: 2 },
  serviceUnavailable: { number: "+15555550503", httpStatusCode: 503, deliveryStatus: "none" },
};

function failing(number: string, deliveryStatusDetails: string): EmulatorRecipient {
  return { number, deliveryStatus: "Failed", deliveryStatusDetails };
}
