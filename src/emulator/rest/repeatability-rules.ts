import { oneOf, outOfRange, wrongType } from "../settings/expected.js";

/**
 * How the emulated service treats repeated messages.
 *
 * The contract says that a repeated request id gets "an appropriate response without the server executing the request
 * multiple times" and nothing else: not how long an id is known, nor what a changed or an old request gets. So each of
 * these is a setting with a guess for a default `[INFER]`, to try code against a service that behaves otherwise.
 */
export interface RepeatabilityOptions {
  /**
   * Seconds for which an id is remembered, counted from its first arrival; 0 to 86,400. Default 300: the window that is
   * documented for ACS Email and Rooms `[INFER]`.
   */
  readonly windowInSeconds?: number | undefined;
  /**
   * A remembered id that comes again with the same recipient and body. Default `"first-answer"`: the first message id
   * again, nothing is sent. `"reject"`: an item 409. `"send"`: a second message.
   */
  readonly repeated?: "first-answer" | "reject" | "send" | undefined;
  /**
   * A remembered id that comes with another recipient or body. Default `"reject"`: an item 400, as documented for Email and
   * Rooms `[INFER]`. `"first-answer"` and `"send"` as above.
   */
  readonly changed?: "first-answer" | "reject" | "send" | undefined;
  /**
   * An id that comes while another request with it is still being worked on, which takes `RequestFaults.latencyInMs`. Default
   * `"first-answer"`: one message, and one answer for both `[INFER]`. `"reject"`: an item 409, as documented for Email.
   * `"send"`: a second message.
   */
  readonly concurrent?: "first-answer" | "reject" | "send" | undefined;
  /**
   * An id that is not remembered and whose `repeatabilityFirstSent` is further than the window from now. Default
   * `"send"`: it counts as new, which is what the example of the specification gets, a first-sent time of 2019 `[INFER]`;
   * a client that repeats too late then shows it by a second message on the phone. `"reject"`: an item 412, as documented
   * for Email and Rooms.
   */
  readonly late?: "reject" | "send" | undefined;
}

/** The same, complete. */
export interface RepeatabilityRules {
  readonly windowInSeconds: number;
  readonly repeated: "first-answer" | "reject" | "send";
  readonly changed: "first-answer" | "reject" | "send";
  readonly concurrent: "first-answer" | "reject" | "send";
  readonly late: "reject" | "send";
}

const onRepeat = ["first-answer", "reject", "send"] as const;
const onLate = ["reject", "send"] as const;

/** Copies the rules that a caller gives, checked, with the defaults filled in. */
export function readRepeatability(given: RepeatabilityOptions | undefined): RepeatabilityRules {
  if (given !== undefined && (typeof given !== "object" || given === null)) {
    throw wrongType("repeatability", "an object", given);
  }
  return {
    windowInSeconds: readWindow(given?.windowInSeconds ?? 300),
    repeated: oneOf("repeatability.repeated", onRepeat, given?.repeated ?? "first-answer"),
    changed: oneOf("repeatability.changed", onRepeat, given?.changed ?? "reject"),
    concurrent: oneOf("repeatability.concurrent", onRepeat, given?.concurrent ?? "first-answer"),
    late: oneOf("repeatability.late", onLate, given?.late ?? "send"),
  };
}

function readWindow(value: unknown): number {
  const [name, wanted] = ["repeatability.windowInSeconds", "a number of seconds from 0 to 86400"];
  if (typeof value !== "number") throw wrongType(name, wanted, value);
  if (!(value >= 0 && value <= 86_400)) throw outOfRange(name, wanted, value);
  return value;
}
