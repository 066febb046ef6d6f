import { expected, expectedRange } from "../../errors/expected.js";
import { longestTimerInMs } from "../../timers/longest-timer.js";
import { Hung, settled, within } from "./checks.js";

/** Where a suite gets the stores or inboxes that it tests, and what it may do to them. */
export interface Source<Contract extends object, Subject extends Contract> {
  readonly create: () => Subject | Promise<Subject>;
  readonly dispose: ((subject: Subject) => Promise<void> | void) | undefined;
  readonly openAnother: ((subject: Subject) => Contract | Promise<Contract>) | undefined;
  readonly breakBackend: ((subject: Subject) => Promise<void> | void) | undefined;
  readonly limitInMs: number;
}

/** What one test works with. */
export interface SubjectOfTest<Contract extends object, Subject extends Contract> {
  readonly subject: Subject;
  /** Opens another on the same data. */
  readonly openAnother: () => Promise<Contract>;
  /** Makes the backend fail from now on. */
  readonly breakBackend: () => Promise<void>;
}

/** Makes a subject for one test, and disposes of it and of whatever was opened, however the test ends. */
export async function withSubject<Contract extends object, Subject extends Contract>(
  source: Source<Contract, Subject>,
  run: (test: SubjectOfTest<Contract, Subject>) => Promise<void>,
): Promise<void> {
  const { dispose = disposeOf, openAnother, breakBackend } = source;
  const subject = await source.create();
  const others: Contract[] = [];
  let isBroken = false;
  const test: SubjectOfTest<Contract, Subject> = {
    subject,
    openAnother: async () => {
      const other = await given("openAnother", openAnother)(subject);
      others.push(other);
      return other;
    },
    breakBackend: async () => {
      isBroken = true;
      await given("breakBackend", breakBackend)(subject);
    },
  };
  const disposeOfAll = async (): Promise<void> => {
    for (const other of others) await disposeOf(other);
    await dispose(subject);
  };
  const tested = await settled(run(test));
  const disposed = await settled(within(source.limitInMs, "dispose", disposeOfAll()));
  if (!tested.isDone) throw tested.error;
  // What cannot reach its backend may say so when it is closed, but must not wait for it.
  if (!disposed.isDone && (!isBroken || disposed.error instanceof Hung)) throw disposed.error;
}

/** Disposes of what can be disposed of. */
export async function disposeOf(subject: object | AsyncDisposable): Promise<void> {
  if (Symbol.asyncDispose in subject) await subject[Symbol.asyncDispose]();
}

const defaultTimeoutInMs = 10_000;

/** How long one call may take, in milliseconds. */
export function callLimitOf({
  callTimeoutInMs: limit = defaultTimeoutInMs,
}: {
  callTimeoutInMs?: number | undefined;
}): number {
  const what = "a number of milliseconds above 0 and below 25 days";
  if (typeof limit !== "number") throw expected("callTimeoutInMs", what, limit);
  if (!(limit > 0 && limit <= longestTimerInMs)) throw expectedRange("callTimeoutInMs", what, limit);
  return limit;
}

/** An option that a test needs; such tests are registered only where it was given. */
export function given<T>(name: string, option: T | undefined): T {
  if (option === undefined) throw new TypeError(`Expected \`${name}\`, which this test needs, to be given.`);
  return option;
}
