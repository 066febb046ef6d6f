/** One message of a campaign, to one recipient. */
export interface CampaignItem {
  /** A phone number: E.164, or as people write it, with `defaultCountry`. */
  readonly to: string;
  /**
   * Names the item within its campaign, so that a later run knows it again; at most 512 characters. Default: the number
   * in E.164. Two messages to one person need keys of their own, else the second is `duplicate`.
   */
  readonly key?: string | undefined;
  /** What a template takes its values from. */
  readonly fields?: Readonly<Record<string, string | number>> | undefined;
  /** From this time on the message is of no use: it is `expired` then, and not sent late. Default: the campaign's. */
  readonly sendBefore?: Date | undefined;
  /** Why this is no recipient, as a reader of lists found out: the item is `invalid`. Without anything private. */
  readonly problem?: string | undefined;
}

/**
 * Whom a campaign texts: numbers, or items, of any length. A list that can be read once only (a stream, a generator)
 * serves for one `run()` or `preview()`; a function that opens it anew, for any number.
 */
export type CampaignRecipients<Item extends CampaignItem = CampaignItem> =
  | Iterable<string | Item>
  | AsyncIterable<string | Item>
  | (() => Iterable<string | Item> | AsyncIterable<string | Item>);
