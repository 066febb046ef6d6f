/**
 * What goes wrong on the way to the webhooks. Event Grid promises "at least once" and no order, so each of these but `lose`
 * is to be expected of it. Probabilities are from 0 to 1; everything is off by default. Times are
 * Event Grid's, see `EventOptions.speed`.
 */
export interface EventFaults {
  /** The probability that an event is delivered twice. */
  readonly duplicate?: number | undefined;
  /**
   * The probability that an event is overtaken: it waits for the next event of its webhook, and goes after that one. If none
   * comes it goes alone, after a second.
   */
  readonly reorder?: number | undefined;
  /** The probability that an event never comes, and leaves no trace. */
  readonly lose?: number | undefined;
  /** Whether the webhooks stay down: nobody answers, neither a delivery nor a handshake. Default false. */
  readonly isDown?: boolean | undefined;
  /** Milliseconds by which every event comes later, 0 to 86,400,000. */
  readonly delayInMs?: number | undefined;
}

/** The same, complete. */
export interface FaultRules {
  readonly duplicate: number;
  readonly reorder: number;
  readonly lose: number;
  readonly isDown: boolean;
  readonly delayInMs: number;
}

/** What happens to one event on its way to one webhook. */
export interface Fate {
  readonly isLost: boolean;
  readonly isTwice: boolean;
  readonly isHeldBack: boolean;
}

/** All as it should be. */
export const noFaults: FaultRules = { duplicate: 0, reorder: 0, lose: 0, isDown: false, delayInMs: 0 };

/** Three numbers are drawn for each event whatever the rules are, so that a change of one rule moves no other decision. */
export function drawFate(rules: FaultRules, random: () => number): Fate {
  return {
    isLost: random() < rules.lose,
    isTwice: random() < rules.duplicate,
    isHeldBack: random() < rules.reorder,
  };
}
