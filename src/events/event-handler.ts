import { hash } from "node:crypto";

import { expected } from "../errors/expected.js";
import { observe } from "../observers/observe.js";
import type { SmsInboundObservation, SmsObserver } from "../observers/observer.js";
import { safeError } from "../privacy/safe-error.js";
import type { SuppressionGate } from "../suppression/suppression-gate.js";
import type { SuppressionList } from "../suppression/suppression-list.js";
import type { SmsDeliveryReport } from "../transport/delivery-report.js";
import type { EventInbox } from "./event-inbox.js";
import { MemoryEventInbox } from "./memory-event-inbox.js";
import { messageContext, type ReplySender, type SmsMessageContext } from "./message-context.js";
import { parseSmsEvents } from "./parse-sms-events.js";
import type {
  MalformedEvent,
  OtherEvent,
  SmsDeliveryReportEvent,
  SmsEvent,
  SmsInboundMessage,
  SmsMessageEvent,
} from "./sms-event.js";

/** What `onDeliveryReport` learns besides the report. */
export interface DeliveryReportContext {
  /** What Microsoft says that the report's code means. */
  readonly codeMeaning?: string;
  /** Whether the report reveals that the recipient has opted out. That is recorded already. */
  readonly revealedOptOut: boolean;
}

/** What a handler works with. */
export interface SmsEventHandlerOptions {
  /** What sends replies. */
  sms: ReplySender;
  /** Who hears of opt-outs before your own code does, and is asked before replies, also where `sms` has no list. */
  suppression: SuppressionGate & Pick<SuppressionList, "handleMessage" | "handleDeliveryReport">;
  /** What remembers which events are done. Default: memory, for one process; serverless functions need a durable one. */
  inbox?: EventInbox | undefined;
  observers?: readonly SmsObserver[] | undefined;
  /** A person has sent a text. When it throws, the event counts as not handled and comes again. */
  onMessage?: ((message: SmsInboundMessage, context: SmsMessageContext) => Promise<void> | void) | undefined;
  /** A carrier has told what became of a message. */
  onDeliveryReport?:
    | ((report: SmsDeliveryReport, context: DeliveryReportContext) => Promise<void> | void)
    | undefined;
  /**
   * An event could not be read. Where this resolves, it counts as handled: keep it for a person to look at. Without it,
   * or when it throws, the event comes again until Event Grid gives up and dead-letters it.
   */
  onMalformed?: ((event: MalformedEvent) => Promise<void> | void) | undefined;
  /** An event that is not about SMS. As {@link SmsEventHandlerOptions.onMalformed}. */
  onOther?: ((event: OtherEvent) => Promise<void> | void) | undefined;
  /**
   * How long one event may be worked on before another worker may take it over, in seconds: the time your code has, and
   * the time an event waits whose worker died. Your code may see an event again that it has finished, if the inbox could
   * not be told; replies are sent once all the same. Default: 300.
   */
  leaseInSeconds?: number | undefined;
}

/** What became of one event of a body. */
export interface SmsEventOutcome {
  readonly event: SmsEvent;
  /**
   * `handled` now; `skipped`: it was before; `busy`: somebody is at it; `failed`: it must come again. Only the first
   * two may be acknowledged.
   */
  readonly status: "handled" | "skipped" | "busy" | "failed";
  /** Why it failed. */
  readonly error?: Error;
}

/** Handles the events of a body, each on its own: one that fails neither undoes nor hides the others. */
export interface SmsEventHandler {
  /**
   * @param body - The parsed JSON of a delivery: one event or a list, in either schema.
   * @returns What became of each event, in order. It never rejects.
   */
  readonly handle: (body: unknown) => Promise<readonly SmsEventOutcome[]>;
}

const defaultLeaseInSeconds = 300;

/** How many events of one body are worked on at once. */
const maxConcurrentEvents = 10;

/**
 * Makes the handler of the two SMS events of Azure Communication Services. Opt-outs, and blocks that a delivery report
 * reveals, are recorded before your code sees the event; events that come twice are handled once.
 *
 * @throws TypeError for malformed options.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
 * import { createSmsEventHandler } from "acs-sms/events";
 *
 * const suppression = new SuppressionList(new MemorySuppressionStore());
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 *
 * export const handler = createSmsEventHandler({
 *   sms,
 *   suppression,
 *   onMessage: async (_message, { outcome, reply }) => {
 *     if (outcome.intent === "none") await reply("Thank you, we will be in touch.");
 *   },
 * });
 * ```
 */
export function createSmsEventHandler(options: SmsEventHandlerOptions): SmsEventHandler {
  const settings = checkedOptions(options);
  return {
    async handle(body) {
      const events = parseSmsEvents(body);
      const outcomes: SmsEventOutcome[] = [];
      const queue = events.entries();
      const work = async (): Promise<void> => {
        for (const [index, event] of queue) outcomes[index] = await handleOne(event, settings);
      };
      await Promise.all(Array.from({ length: Math.min(maxConcurrentEvents, events.length) }, work));
      return outcomes;
    },
  };
}

interface Settings extends SmsEventHandlerOptions {
  readonly inbox: EventInbox;
  readonly observers: readonly SmsObserver[];
  readonly leaseInMs: number;
}

async function handleOne(event: SmsEvent, settings: Settings): Promise<SmsEventOutcome> {
  try {
    return { event, status: await handleByKind(event, settings) };
  } catch (error) {
    return { event, status: "failed", error: safeError(error, textsOf(event)) };
  }
}

async function handleByKind(event: SmsEvent, settings: Settings): Promise<SmsEventOutcome["status"]> {
  switch (event.kind) {
    case "message":
      return handleMessage(event, settings);
    case "delivery-report":
      return handleReport(event, settings);
    case "malformed":
      return accept(
        settings.onMalformed,
        event,
        "The event could not be read, and no `onMalformed` took it.",
      );
    case "other":
      return isAboutSubscription(event)
        ? "handled"
        : accept(settings.onOther, event, "The event is not about SMS, and no `onOther` took it.");
    // A webhook answers a validation before it gets here, and so does an Event Grid trigger.
    case "validation":
    default:
      return "handled";
  }
}

/** What Event Grid says about the subscription itself needs no answer. */
function isAboutSubscription({ type }: OtherEvent): boolean {
  return type.startsWith("Microsoft.EventGrid.");
}

async function accept<E>(
  take: ((event: E) => Promise<void> | void) | undefined,
  event: E,
  otherwise: string,
): Promise<"handled"> {
  if (take === undefined) throw new TypeError(otherwise);
  await take(event);
  return "handled";
}

/** The list hears of a message each time it comes: an opt-out is the same fact again, and is never lost to a claim. */
async function handleMessage(event: SmsMessageEvent, settings: Settings): Promise<SmsEventOutcome["status"]> {
  const { message } = event;
  const outcome = await settings.suppression.handleMessage(message);
  return once(event, message, settings, async () => {
    tellInbound(message, outcome.intent, settings);
    await settings.onMessage?.(
      message,
      messageContext(message, outcome, settings.sms, settings.inbox, settings.suppression),
    );
  });
}

function tellInbound(
  { from, to, messageId, receivedAt, message }: SmsInboundMessage,
  intent: SmsInboundObservation["intent"],
  { observers }: Settings,
): void {
  const text = (): string => message;
  observe(observers, { type: "inbound", at: new Date(), from, to, messageId, receivedAt, text, intent });
}

async function handleReport(
  event: SmsDeliveryReportEvent,
  settings: Settings,
): Promise<SmsEventOutcome["status"]> {
  const { report, codeMeaning } = event;
  const { revealed: revealedOptOut } = await settings.suppression.handleDeliveryReport(report);
  return once(event, report, settings, async () => {
    const { attempts, details: _, messagingConnectPartnerMessageId: __, ...told } = report;
    const lastAttemptAt = attempts[0]?.at;
    const delivery = { ...told, ...(lastAttemptAt !== undefined && { lastAttemptAt }) };
    observe(settings.observers, { type: "delivery", at: new Date(), ...delivery });
    const context = { revealedOptOut, ...(codeMeaning !== undefined && { codeMeaning }) };
    await settings.onDeliveryReport?.(report, context);
  });
}

/** Does the work unless it is done or being done, and gives the event back when it fails. */
async function once(
  event: SmsMessageEvent | SmsDeliveryReportEvent,
  data: SmsInboundMessage | SmsDeliveryReport,
  { inbox, leaseInMs }: Settings,
  work: () => Promise<void>,
): Promise<SmsEventOutcome["status"]> {
  const key = keyOf(event, data);
  const claim = await inbox.claim(key, leaseInMs);
  if (claim.state !== "claimed") return claim.state === "done" ? "skipped" : "busy";
  try {
    await work();
  } catch (error) {
    // Where even that fails, the lease ends; what matters is why the work failed.
    await inbox.release(key, claim.token).catch(() => {});
    throw error;
  }
  await inbox.complete(key, claim.token);
  return "handled";
}

/** An id names a message, not an event: two reports on one message have the same, and differ in what they say. */
function keyOf({ type, id }: SmsMessageEvent | SmsDeliveryReportEvent, data: object): string {
  return hash("sha256", JSON.stringify([type, id, data]), "base64url");
}

function textsOf(event: SmsEvent): string[] {
  return event.kind === "message" ? [event.message.message] : [];
}

function checkedOptions(options: SmsEventHandlerOptions): Settings {
  const { sms, suppression, inbox = new MemoryEventInbox(), observers = [], leaseInSeconds } = options;
  const seconds: unknown = leaseInSeconds ?? defaultLeaseInSeconds;
  if (typeof sms?.send !== "function") throw expected("sms", "an SmsClient", sms);
  if (typeof suppression?.handleMessage !== "function")
    throw expected("suppression", "a SuppressionList", suppression);
  if (typeof inbox?.claim !== "function") throw expected("inbox", "an EventInbox", inbox);
  if (typeof seconds !== "number" || !(seconds > 0))
    throw expected("leaseInSeconds", "a number above 0", seconds);
  return { ...options, inbox, observers, leaseInMs: seconds * 1000 };
}
