import { countSegments, type SegmentCount } from "../../text/segments.js";
import { formatMicros, type PriceTable } from "../../prices/price-table.js";
import type { ReadableItem } from "../planning/prepare-item.js";
import type { CampaignSettings } from "../campaign-settings.js";
import type { CampaignCost, CampaignPreview, SenderPreview } from "./campaign-preview.js";

type SenderSettings = Pick<CampaignSettings<never>, "from" | "rateLimiter">;

/** A price table, ready to be asked. */
interface Prices extends PriceTable {
  readonly priceOf: (to: string) => number | undefined;
}

const minuteInMs = 60_000;

/** What a preview has counted so far. */
export class PreviewTally {
  suppressed = 0;
  invalid = 0;
  duplicates = 0;
  expired = 0;
  readonly #prices: Prices | undefined;
  readonly #encodings = { "gsm-7": 0, "ucs-2": 0 };
  readonly #units = new Map<string, number>();
  #segments = 0;
  #longest = 0;
  #micros = 0;
  #segmentsWithoutPrice = 0;
  #last: { readonly text: string; readonly count: SegmentCount } | undefined;

  constructor(prices: Prices | undefined) {
    this.#prices = prices;
  }

  /** One message that would be sent. */
  add(sender: string, { to, text }: ReadableItem): void {
    // Most campaigns have one text.
    if (this.#last?.text !== text) this.#last = { text, count: countSegments(text) };
    const { encoding, segments } = this.#last.count;
    this.#units.set(sender, (this.#units.get(sender) ?? 0) + 1);
    this.#encodings[encoding] += 1;
    this.#segments += segments;
    this.#longest = Math.max(this.#longest, segments);
    const price = this.#prices?.priceOf(to);
    if (price === undefined) this.#segmentsWithoutPrice += segments;
    else this.#micros += price * segments;
  }

  result(settings: SenderSettings, isSuppressionChecked: boolean): CampaignPreview {
    const { suppressed, invalid, duplicates, expired } = this;
    const senders = this.#senders(settings);
    const messageUnits = senders.reduce((sum, sender) => sum + sender.messageUnits, 0);
    const cost = this.#cost();
    return {
      items: messageUnits + suppressed + invalid + duplicates + expired,
      messageUnits,
      suppressed: isSuppressionChecked ? suppressed : undefined,
      invalid,
      duplicates,
      expired,
      encodings: { ...this.#encodings },
      segments: this.#segments,
      longestInSegments: this.#longest,
      senders,
      durationInMs: Math.max(...senders.map(durationOf)),
      ...(cost !== undefined && { cost }),
    };
  }

  #senders({ from, rateLimiter }: SenderSettings): readonly SenderPreview[] {
    return from.map((sender) => ({
      from: sender,
      messageUnits: this.#units.get(sender) ?? 0,
      unitsPerMinute: rateLimiter.unitsPerMinute(sender),
    }));
  }

  #cost(): CampaignCost | undefined {
    if (this.#prices === undefined) return undefined;
    const { currency } = this.#prices;
    const segmentsWithoutPrice = this.#segmentsWithoutPrice;
    return { currency, amount: formatMicros(this.#micros), micros: this.#micros, segmentsWithoutPrice };
  }
}

function durationOf({ messageUnits, unitsPerMinute }: SenderPreview): number {
  return Math.round((messageUnits / unitsPerMinute) * minuteInMs);
}
