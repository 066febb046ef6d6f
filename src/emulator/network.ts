import type { DeliveryReport } from "./delivery-report.js";
import { smsDeliveryReport } from "./events/event-bodies.js";
import type { World } from "./world.js";

/** A message that the service has accepted. */
export interface Outgoing {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly message: string;
  readonly segments: number;
  readonly wantsReport: boolean;
  readonly tag?: string;
}

/** Takes an accepted message to its phone, or to where an opt-out stops it, and writes the report that was asked for. */
export function carry(message: Outgoing, world: World): void {
  const done = world.events.expect();
  world.clock.later(world.settings.deliveryDelayInMs, () => {
    arrive(message, world);
    done();
  });
}

/** Shows a text that the carrier or the service itself sends in answer: no opt-out stops it and no report is made. */
export function carryNotice(from: string, to: string, message: string, world: World): void {
  world.clock.later(world.settings.deliveryDelayInMs, () => {
    world.inboxes.show(to, { from, message, at: world.clock.now() });
  });
}

function arrive(message: Outgoing, world: World): void {
  const { from, to } = message;
  const at = world.clock.now();
  const isBlocked = world.carrierBlocks.has(from, to) || world.serviceOptOuts.has(from, to);
  // [INFER] Whether a report exists for those who did not ask for one is not documented.
  if (message.wantsReport) file(report(message, isBlocked, at, world), world);
  if (!isBlocked) world.inboxes.show(to, { from, message: message.message, at });
}

/** Keeps a report for those who ask, and pushes it to the webhooks. */
function file(report: DeliveryReport, world: World): void {
  world.reports.set(report.messageId, report);
  world.events.publish((at, settings) => smsDeliveryReport(report, at, settings));
}

function report(message: Outgoing, isBlocked: boolean, at: Date, world: World): DeliveryReport {
  const { messageId, from, to, tag, segments } = message;
  const timestamp = at.toISOString();
  return {
    deliveryStatus: isBlocked ? "Failed" : "Delivered",
    deliveryStatusDetails: isBlocked ? world.settings.blockedReportText : "2000: No Error",
    deliveryAttempts: [
      {
        timestamp,
        segmentsSucceeded: isBlocked ? 0 : segments,
        segmentsFailed: isBlocked ? segments : 0,
      },
    ],
    receivedTimestamp: timestamp,
    ...(tag === undefined ? {} : { tag }),
    messageId,
    from,
    to,
  };
}
