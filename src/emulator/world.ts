import type { Reach } from "./carriers/destinations.js";
import { magicNumbers } from "./carriers/magic-numbers.js";
import type { DeliveryReport } from "./carriers/delivery-report.js";
import { Errands } from "./carriers/errands.js";
import { OptOutLists } from "./carriers/opt-out-lists.js";
import { RateLimiter } from "./carriers/rate-limiter.js";
import { intentOf } from "./carriers/reactions.js";
import { rulesByNumber, type RecipientRules } from "./carriers/recipients.js";
import type { Clock } from "./clock.js";
import { EventGrid } from "./event-grid/event-grid.js";
import { Trouble } from "./faults/trouble.js";
import { Insights } from "./insights/insights.js";
import type { FaultState } from "./journal/changes.js";
import { Journal, keptMessages } from "./journal/journal.js";
import { Feed } from "./phones/feed.js";
import type { InboundMessage } from "./phones/inbound-message.js";
import { Inboxes } from "./phones/inboxes.js";
import { RepeatMemory } from "./rest/repeat-memory.js";
import { UnderWay } from "./rest/under-way.js";
import { SenderBook } from "./sender-book.js";
import type { EmulatorRequest } from "./server/request-log.js";
import type { Settings } from "./settings/options.js";

/** The emulated world: its rules, its time, and everything that has happened in it. Nothing else keeps state. */
export interface World {
  readonly settings: Settings;
  /** Where it is served; known once it listens. */
  readonly address: { endpoint: string };
  readonly clock: Clock;
  /** Ends when the emulator closes. */
  readonly ending: AbortController;
  readonly errands: Errands;
  readonly senders: SenderBook;
  /** Those to whom something else happens than to everybody. */
  readonly recipients: ReadonlyMap<string, RecipientRules>;
  /** How far a sender's messages get. */
  readonly reaches: Reach;
  readonly limiter: RateLimiter;
  readonly inboxes: Inboxes;
  readonly inbound: Feed<InboundMessage>;
  /** By message id. */
  readonly reports: Map<string, DeliveryReport>;
  readonly optOuts: OptOutLists;
  readonly repeats: RepeatMemory;
  /** The ids of requests that are not answered yet. */
  readonly underWay: UnderWay;
  readonly requests: EmulatorRequest[];
  /** What goes wrong with requests on purpose. */
  readonly trouble: Trouble;
  /** Who pushes what happens to the webhooks. */
  readonly events: EventGrid;
  /** What is shown to those who watch. */
  readonly journal: Journal;
  /** What the messages came to. */
  readonly insights: Insights;
}

/** A world in which nothing has happened yet. */
export function createWorld(settings: Settings, clock: Clock, reaches: Reach): World {
  const journal = new Journal();
  const tellFaults = (): void => journal.tell(() => ({ topic: "faults", value: faultsOf(world) }));
  const senders = new SenderBook(settings.senders, () => {
    journal.tell(() => ({ topic: "senders", value: senders.list() }));
  });
  const world: World = {
    settings,
    address: { endpoint: "" },
    clock,
    ending: new AbortController(),
    errands: new Errands(clock),
    senders,
    recipients: rulesByNumber([...Object.values(magicNumbers), ...settings.recipients]),
    reaches,
    limiter: new RateLimiter(settings.rateLimits),
    inboxes: new Inboxes(),
    inbound: new Feed(),
    reports: new Map(),
    optOuts: new OptOutLists((value) => journal.tell(() => ({ topic: "opt-out", value }))),
    repeats: new RepeatMemory(settings.repeatability.windowInSeconds * 1000),
    underWay: new UnderWay(),
    requests: [],
    trouble: new Trouble(settings.faults, settings.seed, tellFaults),
    events: new EventGrid(settings.events, clock, journal, tellFaults),
    journal,
    insights: new Insights({
      messages: () => journal.messages(),
      mostMessages: keptMessages,
      intentOf: (sender, text) => intentOf(senders.get(sender), text, settings.exactKeywords),
    }),
  };
  return world;
}

/** What clients of the emulated resource are made with. */
export function connectionStringOf({ address, settings }: World): string {
  return `endpoint=${address.endpoint}/;accesskey=${settings.accessKeys.primary}`;
}

/** The faults that are in force. */
export function faultsOf({ trouble, events }: World): FaultState {
  return { requests: trouble.rules, events: events.faults };
}

/** Forgets what has happened: messages and those under way, opt-outs, requests, events. Settings, senders and webhooks stay. */
export function forgetAll(world: World): void {
  world.requests.length = 0;
  const { errands, inboxes, inbound, reports, optOuts, repeats, limiter, events, journal, insights } = world;
  const parts = [errands, inboxes, inbound, reports, optOuts, repeats, limiter, events, journal, insights];
  for (const part of parts) part.clear();
  journal.tell(() => ({ topic: "reset", value: null }));
}

/** Ends all that waits for something to happen, and lets nothing more happen by itself. */
export function closeWorld(world: World): void {
  world.ending.abort();
  world.clock.stop();
  world.events.close();
  world.inbound.end();
  world.inboxes.close();
}
