import type { EventFaults } from "../event-grid/faults.js";
import type { DeadLetter } from "../event-grid/records.js";
import type { EmulatorWebhook } from "../event-grid/webhook.js";
import type { RequestFaults } from "../faults/request-faults.js";
import type { EmulatorSender } from "../senders.js";
import type { EmulatorMessage } from "./emulator-message.js";
import type { ClockState, DeliveryDetails, OptOutState, RequestDetails } from "./records.js";

/** What is in force of faults, with what is left of bursts. */
export interface FaultState {
  readonly requests: RequestFaults;
  readonly events: EventFaults;
}

/** Something has happened. A message comes again, whole, with each step that it takes; lists come whole. */
export type Change =
  | { readonly topic: "message"; readonly value: EmulatorMessage }
  | { readonly topic: "request"; readonly value: RequestDetails }
  | { readonly topic: "delivery"; readonly value: DeliveryDetails }
  | { readonly topic: "dead-letter"; readonly value: DeadLetter }
  | { readonly topic: "opt-out"; readonly value: OptOutState }
  | { readonly topic: "senders"; readonly value: readonly EmulatorSender[] }
  | { readonly topic: "webhooks"; readonly value: readonly EmulatorWebhook[] }
  | { readonly topic: "faults"; readonly value: FaultState }
  | { readonly topic: "clock"; readonly value: ClockState };

/** What those hear who watch in this process: besides, that all was forgotten. */
export type News = Change | { readonly topic: "reset"; readonly value: null };

/** What somebody who begins to watch has to know: the settings, and the newest of what happened, oldest first. */
export interface LiveState {
  readonly endpoint: string;
  readonly connectionString: string;
  readonly senders: readonly EmulatorSender[];
  readonly webhooks: readonly EmulatorWebhook[];
  readonly faults: FaultState;
  readonly clock: ClockState;
  readonly optOuts: readonly OptOutState[];
  readonly messages: readonly EmulatorMessage[];
  readonly requests: readonly RequestDetails[];
  readonly deliveries: readonly DeliveryDetails[];
  readonly deadLetters: readonly DeadLetter[];
}
