import type { Clock } from "../clock.js";
import type { EventSettings } from "./event-options.js";
import type { FaultRules } from "./faults.js";
import type { Pending } from "./pending.js";
import type { DeadLetter, EventDelivery } from "./records.js";
import type { Target } from "./webhook.js";

/** What all webhooks have in common. */
export interface Office {
  readonly settings: EventSettings;
  readonly clock: Clock;
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
}

/** Runs something once so much of Event Grid's time has passed. */
export function afterWaiting(delayInMs: number, office: Office, run: () => void): void {
  office.clock.later(delayInMs / office.settings.speed, run);
}
