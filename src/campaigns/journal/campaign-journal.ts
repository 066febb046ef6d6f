/**
 * What a campaign writes down, so that whoever goes on after a crash knows what was sent, what may have been, and what
 * was not. It holds phone numbers, and the texts of batches that are under way; keep it as private as the list itself.
 *
 * A campaign has one planner at a time, the holder of its newest **run**, which reads the list and makes batches of it;
 * and for each batch one holder at a time, the one with its newest **claim**, who alone may send it. Both are numbers
 * that only grow, and whoever comes with an older one is turned away: `false`, and nothing is changed.
 *
 * A batch goes through `plan` → `claim` (where somebody else planned it) → `begin` → `settle`. What `begin` and `settle`
 * resolve is on the disk.
 */
export interface CampaignJournal extends AsyncDisposable {
  /**
   * Begins a run: makes the campaign if there is none, and takes it over from whoever planned it before. The planned
   * batches that never began are forgotten, and the claims of all that are not settled end. With `keepPlanned` neither is
   * touched: the batches are in the hands of others, who go on with them.
   */
  open(campaign: string, options?: JournalOpenOptions): Promise<JournalOpening>;
  /** Looks a campaign up, without taking it over. */
  read(campaign: string): Promise<JournalCampaign | undefined>;
  /**
   * What is written of these items, in order, and marks them as seen in this run, so that the second of two is known.
   * The keys of a list are distinct.
   */
  lookUp(at: RunPosition, keys: readonly string[]): Promise<readonly (JournalRecord | undefined)[]>;
  /** From which sender each of these recipients was texted (or is to be) by this campaign, in order; the newest. */
  sendersOf(campaign: string, recipients: readonly string[]): Promise<readonly (string | undefined)[]>;
  /**
   * Writes batches down, with the claim 1 for the planner. Their items are new, or `unknown` and to be sent anew; they count
   * as seen in this run.
   */
  plan(at: RunPosition, batches: readonly PlannedBatch[]): Promise<boolean>;
  /** Writes down the outcome of items that are in no batch: no phone numbers, or too late. */
  recordItems(
    at: RunPosition,
    results: readonly (JournalResult & { readonly to: string })[],
  ): Promise<boolean>;
  /** Notes that the whole list was read: nothing more will be planned. */
  endPlanning(at: RunPosition): Promise<boolean>;
  /** Takes a batch over from whoever holds it. `undefined` where it is settled, or there is none. */
  claim(campaign: string, batch: number): Promise<ClaimedBatch | undefined>;
  /** Notes that a batch is about to leave. To be awaited before each of its attempts. */
  begin(held: BatchPosition, firstSentAt: Date): Promise<boolean>;
  /**
   * Gives the messages of a batch new identities, for sending them again to those who may have got them. The generation
   * that they have now; `undefined` for an old claim.
   */
  renew(held: BatchPosition): Promise<number | undefined>;
  /**
   * Writes down what is known of the items of a batch. Where some are left without a result, `firstSentAt` says when
   * they may have been sent, or that they certainly were not (`undefined`). Results are true whoever found them out: they
   * are written from an old claim, too, for items that have none, or `unknown`; only `firstSentAt` then is not.
   */
  settle(held: BatchPosition, settlement: Settlement): Promise<boolean>;
  /** The batches with items that have no result, in order; at most `limit` of those after `after`. */
  unsettled(campaign: string, after: number, limit: number): Promise<readonly number[]>;
  /**
   * The results of the batches after `after`, in order, up to the first that is not settled; of at most `limit` batches.
   */
  results(campaign: string, after: number, limit: number): Promise<readonly SettledBatch[]>;
  /** How many items have each result, and how many none (`undefined` results: planned, or under way). */
  totals(campaign: string): Promise<JournalTotals>;
  /**
   * Removes all that is written of a campaign, of which nobody may be at work. Where it was interrupted, call it again.
   * Resolves to whether there was one.
   */
  forget(campaign: string): Promise<boolean>;
}

export interface JournalOpenOptions {
  /** Whether planned batches and all claims stay, because somebody else sends them. Default: `false`. */
  readonly keepPlanned?: boolean | undefined;
  /** Anything the caller wants to find again with the campaign: at most 64 kB. Kept where it is left out. */
  readonly note?: string | undefined;
}

/** A run that has begun. */
export interface JournalOpening extends JournalCampaign {
  readonly isNew: boolean;
}

export interface JournalCampaign {
  readonly campaign: string;
  /** A UUID that was made with the campaign: its messages' identities begin with it. */
  readonly identity: string;
  /** The newest run: 1 for the first. */
  readonly run: number;
  /** The number of the last batch that was ever planned; 0 where none was. */
  readonly lastBatch: number;
  /** Whether the newest run has read the list to its end. A new run reads it again, so that it begins with `false`. */
  readonly isPlanned: boolean;
  readonly createdAt: Date;
  readonly note?: string;
}

/** Who plans: a campaign and a run. */
export interface RunPosition {
  readonly campaign: string;
  readonly run: number;
}

/** Who holds a batch. */
export interface BatchPosition {
  readonly campaign: string;
  readonly run: number;
  readonly batch: number;
  readonly claim: number;
}

/** What became of an item; `undefined` in a record for one that is planned or under way. */
export type JournalStatus = "accepted" | "rejected" | "suppressed" | "invalid" | "expired" | "unknown";

/** What became of one item. */
export interface JournalResult {
  readonly key: string;
  readonly status: JournalStatus;
  readonly messageId?: string;
  readonly httpStatusCode?: number;
  /** Without anything private. */
  readonly errorMessage?: string;
}

/** What is written of an item. */
export interface JournalRecord extends Omit<JournalResult, "status"> {
  readonly status: JournalStatus | undefined;
  readonly to: string;
  /** Left out for an item that was never planned. */
  readonly from?: string;
  readonly fingerprint?: string;
  /** Whether it was seen in this run before this. */
  readonly isSeen: boolean;
}

/** Some recipients of one message, from one sender, who go into one request. */
export interface PlannedBatch {
  /** Counted up from the campaign's last one. */
  readonly batch: number;
  readonly from: string;
  /** The text and how it is sent, as the campaign wrote it; forgotten once all items are settled. */
  readonly message: string;
  /** A digest of `message`, by which a changed text is recognised later. */
  readonly fingerprint: string;
  /** No two with the same recipient. */
  readonly items: readonly JournalItem[];
}

export interface JournalItem {
  /** Names the item within its campaign. */
  readonly key: string;
  /** E.164. */
  readonly to: string;
}

/** A batch in the hands of whoever claimed it. */
export interface ClaimedBatch extends PlannedBatch {
  readonly identity: string;
  readonly run: number;
  readonly claim: number;
  /** How often its messages were given new identities: 0 for a fresh batch. */
  readonly generation: number;
  /** When it may have been sent; left out where it certainly was not. */
  readonly firstSentAt?: Date;
  /** Those without a result. */
  readonly items: readonly JournalItem[];
}

export interface Settlement {
  readonly results: readonly JournalResult[];
  readonly firstSentAt: Date | undefined;
}

export interface SettledBatch {
  readonly batch: number;
  readonly from: string;
  readonly results: readonly (JournalResult & { readonly to: string })[];
}

export type JournalTotals = Readonly<Record<JournalStatus | "open", number>>;
