import type { SmsEvent } from "./event-bodies.js";
import type { EventSettings } from "./event-options.js";

/** One copy of an event on its way to one webhook. */
export interface Letter {
  readonly event: SmsEvent;
  /** The event in the webhook's schema. */
  readonly json: string;
  /** Told when the copy has arrived, or will not. */
  readonly done: () => void;
}

/** What goes into one request. Once tried, it stays together `[INFER]`. */
export interface Parcel {
  readonly letters: readonly Letter[];
  readonly attempts: number;
  readonly lastOutcome?: string;
  readonly lastAttemptAt?: Date;
}

/** The parcels that wait for their turn. Nothing leaves before it is opened; then a few at a time, in order. */
export class Outbox {
  readonly #settings: EventSettings;
  readonly #deliver: (parcel: Parcel) => Promise<void>;
  readonly #waiting: Parcel[] = [];
  #underWay = 0;
  #isOpen = false;

  constructor(settings: EventSettings, deliver: (parcel: Parcel) => Promise<void>) {
    this.#settings = settings;
    this.#deliver = deliver;
  }

  put(parcel: Parcel): void {
    this.#waiting.push(parcel);
    this.#pump();
  }

  open(): void {
    this.#isOpen = true;
    this.#pump();
  }

  /** Takes everything out that has not left. */
  empty(): readonly Parcel[] {
    return this.#waiting.splice(0);
  }

  #pump(): void {
    while (this.#isOpen && this.#underWay < this.#settings.maxConcurrentDeliveries) {
      const parcel = this.#waiting.shift();
      if (parcel === undefined) return;
      void this.#send(parcel.attempts === 0 ? this.#fill(parcel) : parcel);
    }
  }

  async #send(parcel: Parcel): Promise<void> {
    this.#underWay += 1;
    await this.#deliver(parcel);
    this.#underWay -= 1;
    this.#pump();
  }

  /** Adds what waits behind a new parcel and is new too, within the limits of a batch. */
  #fill(first: Parcel): Parcel {
    const { maxEventsPerBatch, preferredBatchSizeInKilobytes } = this.#settings;
    const letters = [...first.letters];
    let room = preferredBatchSizeInKilobytes * 1024 - sizeOf(first);
    while (letters.length < maxEventsPerBatch) {
      const next = this.#waiting[0];
      if (next === undefined || next.attempts > 0) break;
      room -= sizeOf(next);
      if (room < 0) break;
      letters.push(...next.letters);
      this.#waiting.shift();
    }
    return { ...first, letters };
  }
}

function sizeOf({ letters }: Parcel): number {
  return letters.reduce((size, { json }) => size + Buffer.byteLength(json) + 1, 0);
}
