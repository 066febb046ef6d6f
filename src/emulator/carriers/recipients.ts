/** A recipient, and what becomes of messages to it, unless an opt-out stops them. */
export interface EmulatorRecipient {
  /** E.164. */
  readonly number: string;
  /** What its delivery reports say; `"none"`: no report comes before the report's timeout is over. */
  readonly deliveryStatus: "Delivered" | "Failed" | "none";
  /**
   * Default for a failure: `"9999: Message failed to deliver due to unknown error/failure."`, else `"2000: No Error"`. In the
   * event, `EventOptions.deliveredReportText` takes the place of the latter.
   */
  readonly deliveryStatusDetails?: string | undefined;
  /**
   * What the answer to a send says of it. 503: `ServiceUnavailable` in its item, no message goes out, and its repeatability
   * id is not remembered. Default 202.
   */
  readonly httpStatusCode?: 202 | 503 | undefined;
  /** Whether the phone shows the messages. Default: when they are `Delivered`. */
  readonly isShown?: boolean | undefined;
  /**
   * Milliseconds that each attempt takes, 0 to 86,400,000, from when the carrier has the message: that is, after
   * `EmulatorOptions.deliveryDelayInMs`. Default 0.
   */
  readonly delayInMs?: number | undefined;
  /**
   * How many attempts are made, 1 to 10, the last of which ends as it does; each before it fails for half of the segments.
   * Default 1.
   */
  readonly attempts?: number | undefined;
}

/** The same, complete. */
export interface RecipientRules {
  readonly deliveryStatus: "Delivered" | "Failed" | "none";
  readonly deliveryStatusDetails: string;
  readonly httpStatusCode: 202 | 503;
  readonly isShown: boolean;
  readonly delayInMs: number;
  readonly attempts: number;
}

/** Everybody else. */
export const ordinary: RecipientRules = {
  deliveryStatus: "Delivered",
  deliveryStatusDetails: "2000: No Error",
  httpStatusCode: 202,
  isShown: true,
  delayInMs: 0,
  attempts: 1,
};

/** The rules by number; of two for the same number, the later ones hold. */
export function rulesByNumber(recipients: readonly EmulatorRecipient[]): ReadonlyMap<string, RecipientRules> {
  return new Map(recipients.map((recipient) => [recipient.number, complete(recipient)]));
}

function complete(recipient: EmulatorRecipient): RecipientRules {
  const { deliveryStatus, deliveryStatusDetails, httpStatusCode, isShown, delayInMs, attempts } = recipient;
  return {
    deliveryStatus,
    deliveryStatusDetails: deliveryStatusDetails ?? defaultDetails[deliveryStatus],
    httpStatusCode: httpStatusCode ?? 202,
    isShown: isShown ?? deliveryStatus === "Delivered",
    delayInMs: delayInMs ?? 0,
    attempts: attempts ?? 1,
  };
}

const defaultDetails: Readonly<Record<RecipientRules["deliveryStatus"], string>> = {
  Delivered: ordinary.deliveryStatusDetails,
  Failed: "9999: Message failed to deliver due to unknown error/failure.",
  none: "",
};
