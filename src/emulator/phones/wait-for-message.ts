import { outOfRange, wrongType } from "../settings/expected.js";
import type { PhoneMessage } from "./inboxes.js";
import { readPhoneNumber } from "./phones.js";
import type { World } from "../world.js";

/** Which message to wait for, and how long. */
export interface WaitForMessageOptions {
  /** The phone's number, E.164. */
  readonly to: string;
  /** A part of the text, or a pattern that is found in it. Default: any message will do. */
  readonly match?: string | RegExp | undefined;
  /** Milliseconds of real time, 0 to 2,147,483,647. Default 5,000. */
  readonly timeoutInMs?: number | undefined;
}

/** Resolves with the first message on the phone that matches: one that is there already, or else the next to arrive. */
export async function waitForMessage(options: WaitForMessageOptions, world: World): Promise<PhoneMessage> {
  const number = readPhoneNumber("to", options.to);
  const matches = readMatch(options.match);
  const timeoutInMs = readTimeout(options.timeoutInMs ?? 5000);
  // The options are the caller's, who may make the next call with them.
  const wanted = describe(options);
  const there = world.inboxes.of(number).find(({ message }) => matches(message));
  if (there !== undefined) return there;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      unwatch();
    };
    const fail = (got: string): void => {
      stop();
      reject(new Error(`Expected ${wanted}, got ${got}`));
    };
    const timer = setTimeout(() => {
      fail(`${world.inboxes.of(number).length} other messages within ${timeoutInMs} ms`);
    }, timeoutInMs);
    const unwatch = world.inboxes.watch(number, {
      arrived(message) {
        if (!matches(message.message)) return;
        stop();
        resolve(message);
      },
      closed: () => fail("a closed emulator"),
    });
    if (world.inbound.hasEnded) fail("a closed emulator");
  });
}

function readMatch(match: unknown): (text: string) => boolean {
  if (match === undefined) return () => true;
  if (typeof match === "string") return (text) => text.includes(match);
  // `search`, because `test` of a pattern with the flag `g` would remember where it stopped.
  if (match instanceof RegExp) return (text) => text.search(match) !== -1;
  throw wrongType("match", "a string or a RegExp", match);
}

function readTimeout(value: unknown): number {
  const wanted = "a number of milliseconds from 0 to 2147483647";
  if (typeof value !== "number") throw wrongType("timeoutInMs", wanted, value);
  if (!(value >= 0 && value <= 2_147_483_647)) throw outOfRange("timeoutInMs", wanted, value);
  return value;
}

/** Ends up in test reports, so the number is cut to its last digits. */
function describe({ to, match }: WaitForMessageOptions): string {
  const what = match === undefined ? "a message" : `a message with ${shown(match)}`;
  return `${what} on the phone ending in ${to.slice(-4)}`;
}

function shown(match: string | RegExp): string {
  return typeof match === "string" ? JSON.stringify(match) : String(match);
}
