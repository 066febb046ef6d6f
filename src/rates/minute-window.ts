const slotInMs = 1000;

/**
 * A window of 60 s touches 61 slots; one more, so that what left late and what leaves early are not counted together by
 * a server that they reach in that order, up to a second apart.
 */
const slotCount = 62;

/**
 * What left in the last minute, to the second, and never less than that. It knows no clock: every call is told the time,
 * in milliseconds that only grow.
 */
export class MinuteWindow {
  readonly #slots = new Float64Array(slotCount);
  /** The slot of the time last told, counted from time 0. */
  #newest: number;
  #sum = 0;

  constructor(now: number) {
    this.#newest = slotAt(now);
  }

  add(units: number, now: number): void {
    this.#turnTo(now);
    this.#put(this.#newest, this.#units(this.#newest) + units);
  }

  /** Takes out the oldest units: those given back were not older, so that the rest is not forgotten too early. */
  remove(units: number, now: number): void {
    this.#turnTo(now);
    let left = units;
    for (let slot = this.#oldest; slot <= this.#newest && left > 0; slot++) {
      const removed = Math.min(left, this.#units(slot));
      this.#put(slot, this.#units(slot) - removed);
      left -= removed;
    }
  }

  isEmpty(now: number): boolean {
    this.#turnTo(now);
    return this.#sum === 0;
  }

  /** Milliseconds until so many units fit in without going beyond the limit; into an empty window any number does. */
  msUntilRoom(units: number, limit: number, now: number): number {
    this.#turnTo(now);
    let sum = this.#sum;
    let slot = this.#oldest;
    while (sum > 0 && sum + units > limit) sum -= this.#units(slot++);
    return slot === this.#oldest ? 0 : (slot - 1 + slotCount) * slotInMs - now;
  }

  get #oldest(): number {
    return this.#newest - slotCount + 1;
  }

  /** Forgets what is older than the window by now. */
  #turnTo(now: number): void {
    const newest = Math.max(this.#newest, slotAt(now));
    const passed = Math.min(newest - this.#newest, slotCount);
    for (let slot = newest - passed + 1; slot <= newest; slot++) this.#put(slot, 0);
    this.#newest = newest;
  }

  #units(slot: number): number {
    return this.#slots[indexOf(slot)] ?? 0;
  }

  #put(slot: number, units: number): void {
    this.#sum += units - this.#units(slot);
    this.#slots[indexOf(slot)] = units;
  }
}

function slotAt(time: number): number {
  return Math.floor(time / slotInMs);
}

/** Slots before time 0 are negative. */
function indexOf(slot: number): number {
  return ((slot % slotCount) + slotCount) % slotCount;
}
