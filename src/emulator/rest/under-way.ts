/**
 * How a request's id met others of the same: `first` was there already when another came, `later` came while another was
 * being worked on.
 */
export type Overlap = "alone" | "first" | "later";

/** What is asked for one id of one request. */
export type Overlaps = (requestId: string) => Overlap;

/** From when an id is under way until it no longer is in any request. */
interface Episode {
  requests: number;
  isShared: boolean;
}

/** The repeatability ids of the requests that latency holds up. A request that nothing holds up is done as it comes. */
export class UnderWay {
  readonly #episodes = new Map<string, Episode>();

  /** For a request that is done as it comes. */
  readonly passing: Overlaps = (requestId) => {
    const episode = this.#episodes.get(requestId);
    if (episode === undefined) return "alone";
    episode.isShared = true;
    return "later";
  };

  /** For a request that stays for a while; call `leave` when it is answered. */
  enter(requestIds: Iterable<string>): { readonly overlaps: Overlaps; readonly leave: () => void } {
    const entered = [...new Set(requestIds)].map((id) => ({
      id,
      overlap: this.passing(id),
      ...this.#join(id),
    }));
    const mine = new Map(entered.map((entry) => [entry.id, entry]));
    return {
      overlaps: (requestId) => {
        const entry = mine.get(requestId);
        if (entry === undefined) return "alone";
        return entry.overlap === "alone" && entry.episode.isShared ? "first" : entry.overlap;
      },
      leave: () => {
        for (const { id, episode } of entered) this.#leave(id, episode);
      },
    };
  }

  #join(requestId: string): { readonly episode: Episode } {
    const episode = this.#episodes.get(requestId) ?? { requests: 0, isShared: false };
    episode.requests += 1;
    this.#episodes.set(requestId, episode);
    return { episode };
  }

  #leave(requestId: string, episode: Episode): void {
    episode.requests -= 1;
    if (episode.requests === 0) this.#episodes.delete(requestId);
  }
}

/** The ids that a body names, read for nothing else: a body that cannot be read has none. */
export function requestIdsIn(body: Uint8Array): readonly string[] {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(body));
    const { smsRecipients } = (json ?? {}) as { smsRecipients?: unknown };
    return Array.isArray(smsRecipients) ? smsRecipients.flatMap(requestIdOf) : [];
  } catch {
    return [];
  }
}

function requestIdOf(recipient: { repeatabilityRequestId?: unknown } | null): readonly string[] {
  const id = recipient?.repeatabilityRequestId;
  return typeof id === "string" ? [id.toLowerCase()] : [];
}
