import { unsupportedDestination } from "./destinations.js";
import { managerOf } from "./opt-out-management.js";
import { ordinary, type RecipientRules } from "./recipients.js";
import { failedAttempt, writeReport, type Ending } from "./write-report.js";
import type { DeliveryAttempt } from "./delivery-report.js";
import { smsDeliveryReport } from "../event-grid/event-bodies.js";
import { endingOf, notice, underWay } from "../journal/write-message.js";
import type { Outgoing } from "./outgoing.js";
import type { World } from "../world.js";

/** Takes an accepted message to its phone, or to where something stops it, and writes the report that was asked for. */
export function carry(message: Outgoing, world: World): void {
  world.journal.message(underWay(message));
  const recipient = world.recipients.get(message.to) ?? ordinary;
  limitWait(message, recipient, world);
  later(world.settings.deliveryDelayInMs, world, () => {
    if (isOptedOut(message, world)) return block(message, world);
    if (!isReachable(message, world)) return fail(message, unsupportedDestination, world);
    attempt(message, recipient, [], world);
  });
}

function isReachable({ from, to }: Outgoing, { reaches, senders }: World): boolean {
  const sender = senders.get(from);
  return sender === undefined || reaches(sender, to);
}

/** Shows a text that the carrier or the service itself sends in answer: no opt-out stops it and no report is made. */
export function carryNotice(from: string, to: string, message: string, world: World): void {
  later(world.settings.deliveryDelayInMs, world, () => {
    const at = world.clock.now();
    world.inboxes.show(to, { from, message, at });
    world.journal.message(notice(from, to, message, at));
  });
}

/** Something is yet to happen to a message: until it has, nothing is settled. */
function later(delayInMs: number, world: World, run: () => void): void {
  world.errands.later(delayInMs, run, world.events.expect());
}

/** Where the business manages opt-outs itself, the service's list says who opted out and blocks nobody. */
function isOptedOut({ from, to }: Outgoing, world: World): boolean {
  if (world.optOuts.carrier.has(from, to)) return true;
  const sender = world.senders.get(from);
  const isEnforced = sender !== undefined && managerOf(sender) !== "business";
  return isEnforced && world.optOuts.service.has(from, to);
}

function block(message: Outgoing, world: World): void {
  fail(message, world.settings.blockedReportText, world, "blocked");
}

function fail(
  message: Outgoing,
  details: string,
  world: World,
  state: "failed" | "blocked" = "failed",
): void {
  const at = world.clock.now();
  world.journal.update(message.messageId, { state, endedAt: at, details });
  file(message, { deliveryStatus: "Failed", deliveryStatusDetails: details, at }, world);
}

/** One attempt after the other, until the last. */
function attempt(
  message: Outgoing,
  recipient: RecipientRules,
  earlier: readonly DeliveryAttempt[],
  world: World,
): void {
  later(recipient.delayInMs, world, () => {
    const isLast = earlier.length + 1 >= recipient.attempts;
    if (isLast) return end(message, recipient, earlier, world);
    const failed = failedAttempt(world.clock.now(), message.segments);
    attempt(message, recipient, [failed, ...earlier], world);
  });
}

function end(
  message: Outgoing,
  recipient: RecipientRules,
  earlier: readonly DeliveryAttempt[],
  world: World,
): void {
  const at = world.clock.now();
  const { deliveryStatus, deliveryStatusDetails, isShown } = recipient;
  if (deliveryStatus !== "none") {
    file(message, { deliveryStatus, deliveryStatusDetails, at, earlier }, world);
  }
  world.journal.update(message.messageId, { ...endingOf(recipient, at), isShown });
  if (isShown) world.inboxes.show(message.to, { from: message.from, message: message.message, at });
}

/** A report that will not have come by then is replaced by one that says so; the message itself may still arrive. */
function limitWait(message: Outgoing, recipient: RecipientRules, world: World): void {
  if (!message.wantsReport || reportTime(recipient, world) < message.reportTimeoutInMs) return;
  const timeOut = (): void => {
    // An opt-out may have stopped it meanwhile, which its report says.
    if (world.reports.has(message.messageId)) return;
    fail(message, world.settings.timedOutReportText, world);
  };
  // Nothing waits for this to be settled: it may take half a day.
  world.errands.later(message.reportTimeoutInMs, timeOut, () => undefined);
}

/** Milliseconds from accepting a message to its report. */
function reportTime({ deliveryStatus, delayInMs, attempts }: RecipientRules, { settings }: World): number {
  return deliveryStatus === "none" ? Infinity : settings.deliveryDelayInMs + delayInMs * attempts;
}

/**
 * Keeps the one report of a message for those who ask, and pushes it to the webhooks. [INFER] Whether a report exists for
 * those who did not ask for one is not documented.
 */
function file(message: Outgoing, ending: Ending, world: World): void {
  if (!message.wantsReport || world.reports.has(message.messageId)) return;
  const report = writeReport(message, ending);
  world.reports.set(message.messageId, report);
  world.events.publish((at, settings) => smsDeliveryReport(report, at, settings));
}
