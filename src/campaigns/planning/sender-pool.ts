import { hash } from "node:crypto";

/** A sender without a limit counts as this many message units a minute beside those that have one. */
const unlimited = 60_000;

/**
 * Some senders that share a campaign, each with as large a part of the recipients as its rate is of all. Who texts whom
 * follows from the two numbers alone (rendezvous hashing, weighted), so a recipient stays with a sender in every campaign,
 * and a sender that joins takes its part from all the others and moves nobody else.
 */
export class SenderPool {
  readonly #senders: readonly string[];
  readonly #weights: readonly number[];

  constructor(senders: readonly string[], unitsPerMinute: (sender: string) => number) {
    this.#senders = senders;
    this.#weights = senders.map((sender) => Math.min(unlimited, unitsPerMinute(sender)));
  }

  get isOne(): boolean {
    return this.#senders.length === 1;
  }

  /** @param pinned - Who texted this recipient before, and does again while it is in the pool. */
  senderFor(to: string, pinned: string | undefined): string {
    const [first = ""] = this.#senders;
    if (this.isOne) return first;
    if (pinned !== undefined && this.#senders.includes(pinned)) return pinned;
    let best = first;
    let highest = -Infinity;
    for (const [index, sender] of this.#senders.entries()) {
      const score = -(this.#weights[index] ?? 0) / Math.log(shareOf(sender, to));
      if (score > highest) [best, highest] = [sender, score];
    }
    return best;
  }
}

const hexDigits = 12;

/** Between 0 and 1, both excluded; as good as chance, and always the same for the same two. */
function shareOf(sender: string, to: string): number {
  const digest = hash("sha1", `${sender} ${to}`, "hex").slice(0, hexDigits);
  return (Number.parseInt(digest, 16) + 0.5) / 16 ** hexDigits;
}
