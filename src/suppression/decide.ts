import { isMark } from "./confirmation.js";
import { everySender } from "./key-of.js";
import type { SuppressionEntry } from "./suppression-store.js";

/** Whether a send to one recipient is stopped, and the opt-out that stops it. */
export type SuppressionDecision =
  | { readonly suppressed: false }
  | { readonly suppressed: true; readonly entry: SuppressionEntry };

/** How facts about several senders bear on one another. */
export interface SuppressionPolicy {
  /** The programme a sender belongs to. */
  readonly program: (sender: string) => string;
  /** Whether an opt-out from any sender stops every sender. */
  readonly revokeAll: boolean;
}

const allowed: SuppressionDecision = Object.freeze({ suppressed: false });

/**
 * What the facts about one recipient mean for a send from `sender`. The send is stopped if the newest opt-out that
 * counts is **not older** than the newest opt-in of the sender's programme: a tie is an opt-out. Opt-outs from the same
 * programme count, or from every sender with `revokeAll`. Opt-outs under `"*"` are a matter of their own: they stop
 * every sender until an opt-in under `"*"`.
 */
export function decide(
  sender: string,
  entries: readonly SuppressionEntry[],
  policy: SuppressionPolicy,
): SuppressionDecision {
  if (entries.length === 0) return allowed;
  const program = policy.program(sender);
  const forEveryone = entries.filter((entry) => entry.sender === everySender);
  const forSenders = entries.filter((entry) => entry.sender !== everySender && !isMark(entry));
  const inProgram = forSenders.filter((entry) => policy.program(entry.sender) === program);
  const stop =
    standingOptOut(forEveryone, forEveryone) ??
    standingOptOut(policy.revokeAll ? forSenders : inProgram, inProgram);
  return stop === undefined ? allowed : { suppressed: true, entry: stop };
}

/** The newest opt-out among `outs`, unless an opt-in among `ins` is newer. */
function standingOptOut(
  outs: readonly SuppressionEntry[],
  ins: readonly SuppressionEntry[],
): SuppressionEntry | undefined {
  const out = newest(outs, "opted-out");
  const optIn = newest(ins, "opted-in");
  if (out === undefined || (optIn !== undefined && optIn.at.getTime() > out.at.getTime())) return undefined;
  return out;
}

function newest(
  entries: readonly SuppressionEntry[],
  state: SuppressionEntry["state"],
): SuppressionEntry | undefined {
  let found: SuppressionEntry | undefined;
  for (const entry of entries) {
    if (entry.state === state && (found === undefined || isShownBefore(entry, found))) found = entry;
  }
  return found;
}

/** Which of two opt-outs is shown is settled by time, then by sender, so that the store's order does not matter. */
function isShownBefore(a: SuppressionEntry, b: SuppressionEntry): boolean {
  const byTime = a.at.getTime() - b.at.getTime();
  return byTime > 0 || (byTime === 0 && a.sender > b.sender);
}
