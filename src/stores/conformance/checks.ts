import { AssertionError } from "node:assert/strict";
import { isDeepStrictEqual, types } from "node:util";

/** A demand of the contract that was not met, told apart from whatever a store itself may throw. */
class UnmetDemand extends Error {
  override readonly name = "AssertionError";
  /** By this, test runners know what a test itself has found. */
  readonly code = "ERR_ASSERTION";
}

/** A call that did not come to an end in its time. */
export class Hung extends UnmetDemand {}

/** Fails a test with what the contract demands, and why that matters. */
export function fail(message: string): never {
  throw new UnmetDemand(message);
}

/** Fails unless a demand of the contract is met. */
export function ensure(isMet: boolean, message: string): asserts isMet {
  if (!isMet) fail(message);
}

/** Fails unless both are alike: the message says what the contract demands first, and then shows the difference. */
export function same(actual: unknown, expected: unknown, message: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  const { where, ...values } = firstDifference(actual, expected);
  const difference = new AssertionError({ ...values, operator: "deepStrictEqual" }).message;
  fail(`${message}${where}\n${difference}`);
}

/** The most items of a list that a failure shows. */
const mostShown = 20;

/** Of a long list the first item that differs: all of it would take a person, and even a diff, too long. */
function firstDifference(
  actual: unknown,
  expected: unknown,
): { actual: unknown; expected: unknown; where: string } {
  const whole = { actual, expected, where: "" };
  if (!Array.isArray(actual) || !Array.isArray(expected)) return whole;
  const length = Math.max(actual.length, expected.length);
  if (length <= mostShown) return whole;
  const index = Array.from(
    { length },
    (_, index) => !isDeepStrictEqual(actual[index], expected[index]),
  ).indexOf(true);
  const inside = firstDifference(actual[index], expected[index]);
  return { ...inside, where: ` First at [${index}] of ${length}.${inside.where}` };
}

/** Settles as the promise does; a call that takes longer counts as hung. */
export async function within<T>(limitInMs: number, call: string, promise: Promise<T>): Promise<T> {
  const { promise: hung, reject } = Promise.withResolvers<never>();
  const why = "Whoever waits for it can neither send nor give up.";
  const message = `\`${call}\` hung: it did not settle within ${limitInMs} ms. ${why}`;
  const timer = setTimeout(() => reject(new Hung(message)), limitInMs);
  try {
    return await Promise.race([promise, hung]);
  } finally {
    clearTimeout(timer);
  }
}

/** How a call came out. */
type Outcome<T> =
  | { readonly isDone: true; readonly value: T }
  | { readonly isDone: false; readonly error: unknown };

/** Waits for something that may fail. */
export async function settled<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { isDone: true, value: await work };
  } catch (error) {
    return { isDone: false, error };
  }
}

/** How a call of the contract came out. To reject is an outcome; to hang, or to answer nonsense, fails the test. */
export async function outcomeOf<T>(call: Promise<T>): Promise<Outcome<T>> {
  const outcome = await settled(call);
  if (!outcome.isDone && outcome.error instanceof UnmetDemand) throw outcome.error;
  return outcome;
}

/** Fails unless a call rejects with an error. To hang is not to reject, and nor is to answer nonsense. */
export async function rejects(call: Promise<unknown>, message: string): Promise<void> {
  const outcome = await settled(call);
  if (!outcome.isDone && outcome.error instanceof Hung) throw outcome.error;
  ensure(!outcome.isDone && !(outcome.error instanceof UnmetDemand), message);
  // An error of Node's own is of another realm in some test runners.
  ensure(
    outcome.error instanceof Error || types.isNativeError(outcome.error),
    "What a call rejects with must be an `Error` that says what went wrong.",
  );
}
