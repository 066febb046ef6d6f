import type { EventDelivery } from "../event-grid/records.js";
import type { EmulatorRequest } from "../server/request-log.js";

/** A request to the service with all that was said, for somebody to look at. Only the newest are kept. */
export interface RequestDetails extends EmulatorRequest {
  /** Counts from 1. */
  readonly number: number;
  /** As they came, but for a bearer token, which may be a real one. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first 20,000 characters. */
  readonly body: string;
  /** What was answered, the first 20,000 characters; empty where a fault ended the connection. */
  readonly answer: string;
}

/** An attempt to deliver an event with what was said. Only the newest are kept. */
export interface DeliveryDetails extends EventDelivery {
  /** Counts from 1. */
  readonly number: number;
  /** The event, in the webhook's schema. */
  readonly event: Readonly<Record<string, unknown>>;
  /** What the receiver answered, the first 20,000 characters. */
  readonly answer: string;
}

/** A pair of a sender and a phone: whether an opt-out stands between them, and in whose list. */
export interface OptOutState {
  readonly sender: string;
  readonly phone: string;
  /** The carrier's own block, which no request can lift. */
  readonly isBlockedByCarrier: boolean;
  /** The service's own list, which `optouts:*` reads and changes. */
  readonly isInServiceList: boolean;
}

/** The emulator's time, and how fast it passes. */
export interface ClockState {
  readonly now: Date;
  /** Emulated seconds in a real one; 0: the clock stands still. */
  readonly speed: number;
}
