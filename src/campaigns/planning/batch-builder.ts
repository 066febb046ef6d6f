import type { JournalItem } from "../journal/campaign-journal.js";

/** An item that is ready to be sent, but for its batch. */
export interface PreparedItem extends JournalItem {
  readonly from: string;
  readonly text: string;
  readonly fingerprint: string;
  readonly sendBefore: Date | undefined;
}

/** Some items with one message from one sender, as many as go into one request. */
export interface BatchDraft {
  readonly first: PreparedItem;
  readonly items: readonly PreparedItem[];
}

interface OpenBatch {
  readonly items: PreparedItem[];
  readonly recipients: Set<string>;
}

/** So many items wait at most for others with the same text. */
const mostOpen = 2000;

/** Puts items with one text and one sender together, until a batch is full. */
export class BatchBuilder {
  readonly #mostPerRequest: (sender: string) => number;
  readonly #open = new Map<string, OpenBatch>();
  readonly #keys = new Set<string>();
  #drafts: BatchDraft[] = [];

  constructor(mostPerRequest: (sender: string) => number) {
    this.#mostPerRequest = mostPerRequest;
  }

  /** Whether an item with this key waits here. */
  has(key: string): boolean {
    return this.#keys.has(key);
  }

  add(item: PreparedItem): void {
    const group = groupOf(item);
    let batch = this.#open.get(group);
    // A request names nobody twice.
    if (batch?.recipients.has(item.to) === true) batch = this.#close(group, batch);
    if (batch === undefined) this.#open.set(group, (batch = { items: [], recipients: new Set() }));
    batch.items.push(item);
    batch.recipients.add(item.to);
    this.#keys.add(item.key);
    if (batch.items.length >= this.#mostPerRequest(item.from)) this.#close(group, batch);
  }

  /** The full batches; all of them if `isAll`, or where too many wait. */
  take(isAll: boolean): readonly BatchDraft[] {
    if (isAll || this.#keys.size > mostOpen) {
      for (const [group, batch] of this.#open) this.#close(group, batch);
    }
    const drafts = this.#drafts;
    this.#drafts = [];
    return drafts;
  }

  #close(group: string, { items }: OpenBatch): undefined {
    const [first] = items;
    this.#open.delete(group);
    if (first !== undefined) this.#drafts.push({ first, items });
    for (const { key } of items) this.#keys.delete(key);
  }
}

function groupOf({ from, text, sendBefore }: PreparedItem): string {
  return `${from} ${sendBefore?.getTime() ?? ""} ${text}`;
}
