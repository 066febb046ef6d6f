import type { Emulator } from "../emulator.js";
import { outOfRange, wrongType } from "../settings/expected.js";
import type { PhoneMessage } from "../phones/inboxes.js";

/** Which message must not come, and for how long. */
export interface ExpectNoMessageOptions {
  /** The phone's number, E.164. */
  readonly to: string;
  /** A part of the text, or a pattern that is found in it. Default: no message at all may come. */
  readonly match?: string | RegExp | undefined;
  /**
   * Milliseconds of real time, 0 to 2,147,483,647. `0` looks at what is there, and is enough once
   * `await emulator.eventsSettled()` says that nothing is under way.
   */
  readonly withinInMs: number;
}

/**
 * Fails a test when a message that matches is on a phone, or arrives there in time. As with `Emulator.waitForMessage`,
 * what is there already counts: what was sent a moment ago has mostly arrived. Where the carrier has answered a STOP,
 * `match` tells its notice from yours.
 *
 * @param emulator - A running one.
 * @returns Resolves after the time, when nothing came.
 * @throws Error as soon as something came, with the text that came, since it is the test's own, and the last digits of the
 * numbers; Error when the emulator was closed meanwhile; TypeError or RangeError for bad options.
 *
 * @example
 * ```ts
 * import { startEmulator } from "acs-sms/emulator";
 * import { expectNoMessage } from "acs-sms/emulator/testing";
 *
 * await using emulator = await startEmulator();
 * emulator.phone("+14255550123").send("STOP", { to: "+18005551234" });
 * await expectNoMessage(emulator, { to: "+14255550123", match: /your code/i, withinInMs: 100 });
 * ```
 */
export async function expectNoMessage(
  emulator: Pick<Emulator, "waitForMessage">,
  options: ExpectNoMessageOptions,
): Promise<void> {
  const arrived = await firstInTime(emulator, options, readDuration(options.withinInMs));
  if (arrived === undefined) return;
  throw new Error(`Expected no message${described(options)}, got ${shownMessage(arrived)}`);
}

async function firstInTime(
  emulator: Pick<Emulator, "waitForMessage">,
  { to, match }: ExpectNoMessageOptions,
  timeoutInMs: number,
): Promise<PhoneMessage | undefined> {
  let isTimeUp = false;
  // Fires before the emulator's own timer, which is as long and set later: then the wait fails because nothing came.
  const timer = setTimeout(() => (isTimeUp = true), timeoutInMs);
  try {
    return await emulator.waitForMessage({ to, match, timeoutInMs });
  } catch (error) {
    if (isTimeUp) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function readDuration(value: unknown): number {
  const wanted = "a number of milliseconds from 0 to 2147483647";
  if (typeof value !== "number") throw wrongType("withinInMs", wanted, value);
  if (!(value >= 0 && value <= 2_147_483_647)) throw outOfRange("withinInMs", wanted, value);
  return value;
}

function described({ to, match, withinInMs }: ExpectNoMessageOptions): string {
  const which =
    match === undefined ? "" : ` with ${typeof match === "string" ? JSON.stringify(match) : match}`;
  return `${which} on the phone ending in ${to.slice(-4)} within ${withinInMs} ms`;
}

/** The text is the test's own, and says at once what went wrong. Numbers are cut, as everywhere in this package. */
function shownMessage({ from, message }: PhoneMessage): string {
  const sender = from.startsWith("+") ? `the sender ending in ${from.slice(-4)}` : from;
  return `${JSON.stringify(message)} from ${sender}`;
}
