import type { Clock } from "../clock.js";
import type { Journal } from "../journal/journal.js";
import type { EventSettings } from "./event-options.js";
import { exchange, type Exchange, type WebhookRequest } from "./exchange.js";
import type { FaultRules } from "./faults.js";
import type { Letter } from "./outbox.js";
import type { Pending } from "./pending.js";
import type { DeadLetter, EventDelivery } from "./records.js";
import type { Target } from "./webhook.js";

/** What all webhooks have in common. */
export interface Office {
  readonly settings: EventSettings;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly pending: Pending;
  readonly deliveries: EventDelivery[];
  readonly deadLetters: DeadLetter[];
  /** Can be changed at any time. */
  faults: FaultRules;
}

/** A webhook as those see it who write to it. */
export interface Addressee {
  readonly id: string;
  readonly name: string;
  readonly target: Target;
  /** Aborted when nothing is to be sent any more. */
  readonly signal: AbortSignal;
  /** Whether a letter is still on its way: it has not arrived, and nobody has forgotten it. */
  expects(letter: Letter): boolean;
}

/** Sends a webhook a request, unless all webhooks are to be down. */
export function reach(
  to: Addressee,
  request: WebhookRequest,
  { settings, faults }: Office,
): Promise<Exchange> {
  if (faults.isDown) return Promise.resolve({ error: "down on demand" });
  return exchange(request, settings.responseTimeoutInMs, to.signal);
}

/** Runs something once so much of Event Grid's time has passed. */
export function afterWaiting(delayInMs: number, office: Office, run: () => void): void {
  office.clock.later(delayInMs / office.settings.speed, run);
}
