/**
 * A fact: this recipient said no (or yes) to this sender, then. Facts are kept; what follows from them is decided when
 * they are read (see {@link SuppressionList}).
 */
export interface SuppressionEntry {
  /** The sender's key: E.164, a short code, an alphanumeric sender folded in case, or `"*"` for every sender. */
  readonly sender: string;
  /** The recipient's key: E.164. */
  readonly recipient: string;
  /** What was said. */
  readonly state: "opted-out" | "opted-in";
  /** When it was said; entries are ordered by this, in whole milliseconds, never by arrival. */
  readonly at: Date;
  /** When it was written down. */
  readonly recordedAt: Date;
  readonly source: SuppressionSource;
  /** The words that were said, verbatim. */
  readonly keyword?: string;
  /** The inbound message, or the message whose delivery report revealed the block. */
  readonly messageId?: string;
  /** Anything else a person should find in the ledger. */
  readonly note?: string;
}

/** Where a fact comes from. */
export type SuppressionSource = "keyword" | "delivery-report" | "service" | "manual" | "import";

/** How one call to a store is to be ended early. */
export interface SuppressionStoreOptions {
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * All that a caller's own database has to offer. A store never swallows an error: one that cannot answer rejects, and
 * then nothing is sent. `runStoreConformance` of `acs-sms/stores/conformance` holds a store to all of this.
 *
 * A `SuppressionList` gives a store well-formed Unicode without U+0000 only, which no database refuses, and times in
 * whole milliseconds.
 */
export interface SuppressionStore {
  /**
   * For each recipient, in order, the newest entry of every sender and state: at most one opt-out and one opt-in for
   * each sender that ever was in a fact about this recipient. An empty list says that nothing was ever recorded.
   */
  find(
    recipients: readonly string[],
    options?: SuppressionStoreOptions,
  ): Promise<readonly (readonly SuppressionEntry[])[]>;
  /**
   * Records facts; for each, in order, whether it became the newest of its sender, recipient and state by
   * {@link compareEntries} (so the same fact again is `false`). A list may hold several of the same sender, recipient
   * and state: the newest of them is answered as if it had come alone, once; of the older ones either answer is right.
   * Atomic for each entry, not for the list: after a rejection any part may be in, and the whole is repeated.
   */
  record(
    entries: readonly SuppressionEntry[],
    options?: SuppressionStoreOptions,
  ): Promise<readonly boolean[]>;
}

/** A store that also keeps every fact it ever saw: the proof of who said what, and when. */
export interface SuppressionLedger extends SuppressionStore {
  /** Every distinct fact about a recipient in the order of arrival, the superseded ones too. */
  history(recipient: string, options?: SuppressionStoreOptions): AsyncIterable<SuppressionEntry>;
  /**
   * What {@link SuppressionStore.find} answers now, for every recipient there is, in any order, but all entries of one
   * recipient together. Read in pages, so that any number fits into memory; what is recorded meanwhile may or may not
   * be among them.
   */
  entries(options?: SuppressionStoreOptions): AsyncIterable<SuppressionEntry>;
}
