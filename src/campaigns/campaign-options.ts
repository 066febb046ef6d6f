import type { SmsObserver } from "../observers/observer.js";
import type { RateGate, SendLane } from "../rates/rate-gate.js";
import type { CampaignProgress } from "./campaign-result.js";
import type { CampaignJournal } from "./journal/campaign-journal.js";
import type { CampaignSendOptions } from "./message/batch-message.js";
import type { CampaignMessage } from "./message/message-maker.js";
import type { CampaignItem, CampaignRecipients } from "./recipients/campaign-item.js";

/** What a campaign is. */
export interface CampaignOptions<Item extends CampaignItem = CampaignItem> extends CampaignSendOptions {
  /** Names the campaign in its journal, at most 512 characters: a run of a known id goes on with that campaign. */
  id: string;
  /**
   * The sender, or several that share the recipients, each by its rate; a recipient always gets the same one, also in
   * other campaigns and after a change of the pool, while it is in it. Give the suppression list one `program` for them all:
   * by default a STOP to one stops that one alone, and a sender that leaves the pool leaves its recipients to others.
   */
  from: string | readonly string[];
  /** Whom to text. */
  recipients: CampaignRecipients<Item>;
  /** One text for all, a template for items with `fields`, or a function that makes the text of an item. */
  message: CampaignMessage<Item>;
  /** Where is written down what was sent: `new SqliteCampaignJournal("campaigns.sqlite")`. */
  journal: CampaignJournal;
  /**
   * Message units a minute of each sender; `Infinity` for as fast as can be. Default: the client's rate limiter, if it has
   * one, else the limit that is documented for the kind of sender (200 for a toll-free number).
   */
  rate?: number | undefined;
  /** Who says when messages may leave, instead of `rate`: to share a sender with others. */
  rateLimiter?: RateGate | undefined;
  /** Which lane of the rate limiter the campaign waits in. Default: `"bulk"`, so that single messages overtake it. */
  lane?: SendLane | undefined;
  /** How many requests of each sender are under way at once, 1 to 1000. Default: 20. */
  concurrency?: number | undefined;
  /**
   * What becomes of messages that may have arrived and can no longer be repeated safely. `"hold"`: they are `unknown`, for
   * you to look at. `"resend"`: they are sent again, those of earlier runs too, and some people may get them twice.
   * Default: `"hold"`.
   */
  onUnknown?: "hold" | "resend" | undefined;
  /**
   * How long the campaign goes on trying, in seconds, while the service cannot be reached or the suppression store or the
   * journal fail, before its run throws. Default: 300.
   */
  retryForInSeconds?: number | undefined;
  /** From this time on the messages are of no use; an item may have a time of its own. Default: none. */
  sendBefore?: Date | undefined;
  /**
   * Kept with the campaign in its journal, for whoever resumes it (`journal.read(id)`): at most 64 kB, and nothing secret.
   * Default: that of earlier runs stays.
   */
  note?: string | undefined;
  /** The country of numbers given without a `+`. Default: the client's. */
  defaultCountry?: string | undefined;
  /**
   * Who is told of items that never come to the client, as they are `invalid` or came too late (`unsent`, as its own late ones);
   * of all others the client's observers are told. Duplicates are no messages, and told to nobody. Default: the client's.
   */
  observers?: readonly SmsObserver[] | undefined;
  /** Told how far the run is, four times a second at most, and at its end. What it throws ends the run. */
  onProgress?: ((progress: CampaignProgress) => void) | undefined;
}
