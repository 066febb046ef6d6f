import type { SendLane } from "./rate-gate.js";
import type { Waiter } from "./waiter.js";

/** The order in which lanes leave. */
export const laneOrder: readonly SendLane[] = ["urgent", "normal", "bulk"];

/** Who waits for one sender: the earlier lane first, and in a lane who came first. */
export class Lanes {
  /** Sets keep the order, and whoever gives up is found at once. */
  readonly #lanes: Readonly<Record<SendLane, Set<Waiter>>> = {
    urgent: new Set(),
    normal: new Set(),
    bulk: new Set(),
  };
  /** Nobody's time ends before this, as `Date.now()` has it. */
  #firstEnd = Infinity;

  get firstEnd(): number {
    return this.#firstEnd;
  }

  has(waiter: Waiter): boolean {
    return this.#lanes[waiter.lane].has(waiter);
  }

  add(waiter: Waiter): void {
    this.#lanes[waiter.lane].add(waiter);
    this.#firstEnd = Math.min(this.#firstEnd, waiter.sendBefore);
  }

  remove(waiter: Waiter): void {
    this.#lanes[waiter.lane].delete(waiter);
    if (this.first() === undefined) this.#firstEnd = Infinity;
  }

  /** Who is the next to leave. */
  first(): Waiter | undefined {
    return this.#firstUpTo("bulk");
  }

  /** Whether someone waits who leaves before a newcomer to this lane. */
  hasBefore(lane: SendLane): boolean {
    return this.#firstUpTo(lane) !== undefined;
  }

  /** Removes those whose time has ended, and looks for whose time ends next. */
  removeEnded(time: number): readonly Waiter[] {
    if (time < this.#firstEnd) return [];
    this.#firstEnd = Infinity;
    const ended: Waiter[] = [];
    for (const lane of laneOrder) {
      for (const waiter of this.#lanes[lane]) {
        if (waiter.sendBefore <= time) ended.push(waiter);
        else this.#firstEnd = Math.min(this.#firstEnd, waiter.sendBefore);
      }
    }
    for (const waiter of ended) this.remove(waiter);
    return ended;
  }

  #firstUpTo(last: SendLane): Waiter | undefined {
    for (const lane of laneOrder) {
      for (const waiter of this.#lanes[lane]) return waiter;
      if (lane === last) return undefined;
    }
    return undefined;
  }
}
