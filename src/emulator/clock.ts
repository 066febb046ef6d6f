import TinyQueue from "tinyqueue";

/**
 * Where the emulator takes its time from and how it lets things happen later: no other file reads the time or starts a
 * timer on behalf of the emulated world. What waits for a real program on the other side of a socket waits in real time.
 */
export interface Clock {
  now(): Date;
  /** The emulated time, in milliseconds, at what was then the time of this machine. */
  at(realTime: number): number;
  /** Emulated seconds in a real one; 0: the clock stands still. */
  readonly speed: number;
  setSpeed(speed: number): void;
  /** Lets so much time pass at once: what was to happen in it happens, in order and each at its time, before this returns. */
  advance(ms: number): void;
  /**
   * Runs `run` once `delayInMs` milliseconds have passed; at once, before it returns, when that is 0. The function that it
   * returns calls it off.
   */
  later(delayInMs: number, run: () => void): () => void;
  /** Forgets all that was to happen later, and all that would be added. */
  stop(): void;
}

/** How a clock begins. */
export interface ClockStart {
  /** Milliseconds that it is ahead of this machine's clock; negative: behind. */
  readonly offsetInMs: number;
  readonly speed: number;
}

/** A real time, the emulated time that it was, and how fast that passed from then on. */
interface Mark {
  readonly real: number;
  readonly emulated: number;
  readonly speed: number;
}

/** Something that is to happen. */
interface Appointment {
  readonly at: number;
  /** Of two for the same time, the one made first comes first. */
  readonly order: number;
  run: (() => void) | undefined;
}

/** Node's timers take no longer delay; a longer wait is waited in pieces. */
const longestTimerInMs = 2 ** 31 - 1;

/** Nobody asks for a time before as many changes as that. */
const mostMarks = 1000;

/** A clock that passes with this machine's, at its own speed. */
export function createClock({ offsetInMs, speed }: ClockStart): Clock {
  return new EmulatedClock(Date.now() + offsetInMs, speed);
}

class EmulatedClock implements Clock {
  readonly #appointments = new TinyQueue<Appointment>([], (a, b) => a.at - b.at || a.order - b.order);
  #made = 0;
  /** Where the clock was set and how fast it went from there, the last first: there is one at least. */
  readonly #marks: [Mark, ...Mark[]];
  /** While something runs, the time at which it was to happen, however late this machine is. */
  #runningAt: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(now: number, speed: number) {
    this.#marks = [{ emulated: now, real: Date.now(), speed }];
  }

  get speed(): number {
    return this.#marks[0].speed;
  }

  now(): Date {
    return new Date(this.#runningAt ?? this.#time());
  }

  at(realTime: number): number {
    const mark = this.#marks.find(({ real }) => real <= realTime) ?? this.#marks.at(-1) ?? this.#marks[0];
    return timeFrom(mark, realTime);
  }

  setSpeed(speed: number): void {
    this.#set(this.#time(), speed);
    this.#arm();
  }

  advance(ms: number): void {
    const until = this.#time() + ms;
    try {
      this.#runUntil(until);
    } finally {
      this.#set(until, this.speed);
      this.#arm();
    }
  }

  later(delayInMs: number, run: () => void): () => void {
    if (this.#isStopped) return nothing;
    if (delayInMs === 0) {
      run();
      return nothing;
    }
    const appointment: Appointment = { at: this.now().getTime() + delayInMs, order: (this.#made += 1), run };
    this.#appointments.push(appointment);
    if (this.#appointments.peek() === appointment) this.#arm();
    return () => (appointment.run = undefined);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    while (this.#appointments.pop() !== undefined);
  }

  #time(): number {
    // From the last mark, even when this machine's clock was put back meanwhile.
    return timeFrom(this.#marks[0], Date.now());
  }

  #set(now: number, speed: number): void {
    this.#marks.unshift({ emulated: now, real: Date.now(), speed });
    if (this.#marks.length > mostMarks) this.#marks.pop();
  }

  /** What goes wrong with one appointment keeps no other from its time; it is thrown afterwards. */
  #runUntil(until: number): void {
    const errors: unknown[] = [];
    for (let next = this.#appointments.peek(); next !== undefined && next.at <= until;) {
      this.#appointments.pop();
      this.#runningAt = next.at;
      try {
        next.run?.();
      } catch (error) {
        errors.push(error);
      } finally {
        this.#runningAt = undefined;
      }
      next = this.#appointments.peek();
    }
    if (errors.length > 1) throw new AggregateError(errors, "Several things went wrong at their time");
    if (errors.length > 0) throw errors[0];
  }

  /** One timer, for the next appointment. */
  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#appointments.peek();
    if (next === undefined || this.speed === 0 || this.#isStopped) return;
    const delayInMs = Math.max(0, (next.at - this.#time()) / this.speed);
    this.#timer = setTimeout(() => this.#ring(), Math.min(delayInMs, longestTimerInMs));
  }

  #ring(): void {
    try {
      this.#runUntil(this.#time());
    } finally {
      this.#arm();
    }
  }
}

function timeFrom({ real, emulated, speed }: Mark, realTime: number): number {
  return emulated + (realTime - real) * speed;
}

/** There is nothing left to call off. */
function nothing(): void {}
