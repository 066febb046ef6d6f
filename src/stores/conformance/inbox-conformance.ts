import { expected } from "../../errors/expected.js";
import type { EventInbox } from "../../events/event-inbox.js";
import { within } from "./checks.js";
import { CheckedInbox } from "./inbox/checked-inbox.js";
import { inboxConcerns } from "./inbox/concerns.js";
import type { InboxContext, InboxNeed } from "./inbox/context.js";
import { register, type ConformanceReport, type TestRegistrar } from "./register.js";
import { disposeOf, given, callLimitOf, withSubject } from "./subject.js";

/** What {@link runInboxConformance} works with. */
export interface InboxConformanceOptions<Inbox extends EventInbox> {
  /** Registers a test: vitest's `test`, mocha's `it`, that of `node:test`, or whatever takes a name and a function. */
  test: TestRegistrar;
  /** Makes an inbox that is empty: called once for each test. */
  createInbox: () => Inbox | Promise<Inbox>;
  /**
   * Ends an inbox, and whatever was made for it. Called once for each, and in some tests after its own
   * `[Symbol.asyncDispose]`, if it has any. Default: that.
   */
  disposeInbox?: ((inbox: Inbox) => Promise<void> | void) | undefined;
  /**
   * Opens another inbox on the same data, as another machine would: with a connection of its own. It is disposed of by
   * its own `[Symbol.asyncDispose]`, if any, before the first one is; what else was opened for it is for `disposeInbox`.
   */
  openAnother?: ((inbox: Inbox) => EventInbox | Promise<EventInbox>) | undefined;
  /**
   * On the same data, in another process, which has ended when the promise resolves: claims and completes the event
   * `key`, and begins the reply `key` and completes it with `sentMessageId`.
   */
  completeElsewhere?: ((inbox: Inbox, key: string, sentMessageId: string) => Promise<void>) | undefined;
  /** Makes the backend of this inbox fail from now on, as it would in production: stop its server, cut its connection. */
  breakBackend?: ((inbox: Inbox) => Promise<void> | void) | undefined;
  /**
   * How long one call may take before it counts as hung, in milliseconds. Default: 10,000. Let your test runner wait
   * for longer than that.
   */
  callTimeoutInMs?: number | undefined;
}

/**
 * Registers the tests that hold an event inbox to its contract, one concern after another: claims, leases, replies,
 * concurrency, sharing and durability, odd keys, failure and disposal. What the options make possible is tested; the rest
 * is named in what this returns. How long an inbox remembers what is done (at least 48 hours) is for tests of your own.
 *
 * @returns What was registered, and what was left out for want of which option.
 * @throws TypeError without `test` or `createInbox`; RangeError where `callTimeoutInMs` is out of range.
 *
 * @example
 * ```ts
 * import { MemoryEventInbox } from "acs-sms/events";
 * import { runInboxConformance } from "acs-sms/stores/conformance";
 * import { test } from "node:test";
 *
 * runInboxConformance({ test, createInbox: () => new MemoryEventInbox() });
 * ```
 */
export function runInboxConformance<Inbox extends EventInbox>(
  options: InboxConformanceOptions<Inbox>,
): ConformanceReport<InboxNeed> {
  const { test, createInbox, disposeInbox, openAnother, completeElsewhere, breakBackend } = options;
  if (typeof test !== "function") throw expected("test", "a function that registers a test", test);
  if (typeof createInbox !== "function")
    throw expected("createInbox", "a function that makes an inbox", createInbox);
  const limitInMs = callLimitOf(options);
  const source = { create: createInbox, dispose: disposeInbox, openAnother, breakBackend, limitInMs };
  const checked = (inbox: EventInbox): CheckedInbox => new CheckedInbox(inbox, limitInMs);
  const isMet = (need: InboxNeed): boolean => options[need] !== undefined;
  return register(inboxConcerns, isMet, test, (run: (context: InboxContext) => Promise<void>) =>
    withSubject(source, async ({ subject, ...of }) =>
      run({
        inbox: checked(subject),
        openAnother: async () => checked(await of.openAnother()),
        completeElsewhere: (key, id) => given("completeElsewhere", completeElsewhere)(subject, key, id),
        breakBackend: of.breakBackend,
        disposeNow: () => within(limitInMs, "[Symbol.asyncDispose]", disposeOf(subject)),
      }),
    ),
  );
}
