import { magicNumbers } from "./carriers/magic-numbers.js";
import { RateLimiter } from "./carriers/rate-limiter.js";
import { rulesByNumber, type RecipientRules } from "./carriers/recipients.js";
import type { Clock } from "./clock.js";
import type { DeliveryReport } from "./carriers/delivery-report.js";
import { EventGrid } from "./event-grid/event-grid.js";
import { Trouble } from "./faults/trouble.js";
import { Feed } from "./phones/feed.js";
import type { InboundMessage } from "./phones/inbound-message.js";
import { Inboxes } from "./phones/inboxes.js";
import type { Settings } from "./settings/options.js";
import { Pairs } from "./carriers/pairs.js";
import { RepeatMemory } from "./rest/repeat-memory.js";
import type { EmulatorRequest } from "./server/request-log.js";
import type { EmulatorSender } from "./senders.js";

/** The emulated world: its rules, its time, and everything that has happened in it. Nothing else keeps state. */
export interface World {
  readonly settings: Settings;
  readonly clock: Clock;
  /** The resource's senders by number. */
  readonly senders: ReadonlyMap<string, EmulatorSender>;
  /** Those to whom something else happens than to everybody. */
  readonly recipients: ReadonlyMap<string, RecipientRules>;
  readonly limiter: RateLimiter;
  readonly inboxes: Inboxes;
  readonly inbound: Feed<InboundMessage>;
  /** By message id. */
  readonly reports: Map<string, DeliveryReport>;
  /** The service's own list, which `optouts:*` reads and changes. */
  readonly serviceOptOuts: Pairs;
  /** What the carriers block, which no request can change. */
  readonly carrierBlocks: Pairs;
  readonly repeats: RepeatMemory;
  readonly requests: EmulatorRequest[];
  /** What goes wrong with requests on purpose. */
  readonly trouble: Trouble;
  /** Who pushes what happens to the webhooks. */
  readonly events: EventGrid;
}

/** A world in which nothing has happened yet. */
export function createWorld(settings: Settings, clock: Clock): World {
  return {
    settings,
    clock,
    senders: new Map(settings.senders.map((sender) => [sender.number, sender])),
    recipients: rulesByNumber([...Object.values(magicNumbers), ...settings.recipients]),
    limiter: new RateLimiter(settings.rateLimits),
    inboxes: new Inboxes(),
    inbound: new Feed(),
    reports: new Map(),
    serviceOptOuts: new Pairs(),
    carrierBlocks: new Pairs(),
    repeats: new RepeatMemory(settings.repeatability.windowInSeconds * 1000),
    requests: [],
    trouble: new Trouble(settings.faults, settings.seed),
    events: new EventGrid(settings.events, clock),
  };
}

/** Ends all that waits for something to happen, and lets nothing more happen by itself. */
export function closeWorld(world: World): void {
  world.clock.stop();
  world.events.close();
  world.inbound.end();
  world.inboxes.close();
}
