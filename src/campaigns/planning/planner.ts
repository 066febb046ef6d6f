import { SmsError } from "../../errors/sms-error.js";
import type { CampaignResult } from "../campaign-result.js";
import type { CampaignSettings } from "../campaign-settings.js";
import type { ReadyBatch } from "../delivery/ready-batch.js";
import type {
  JournalOpening,
  JournalRecord,
  PlannedBatch,
  RunPosition,
} from "../journal/campaign-journal.js";
import { encodeMessage, fingerprintOf } from "../message/batch-message.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import { inChunks } from "../recipients/in-chunks.js";
import { openRecipients } from "../recipients/open-recipients.js";
import { BatchBuilder, type BatchDraft } from "./batch-builder.js";
import { checkedItem, isReadable, prepareItem, type ItemIntent, type ReadableItem } from "./prepare-item.js";
import { refusalOf } from "./refusal-of.js";
import { SenderPool } from "./sender-pool.js";
import { tellRefusals, type RefusedItem } from "./tell-refusals.js";

/** So many items are looked up in the journal at once. */
const chunkSize = 1000;

/** How long the first items of a slow list wait for further ones. */
const lingerInMs = 50;

/** The claim that `plan` gives whoever planned a batch. */
const plannersClaim = 1;

/** What the planner says of items that no batch will carry. */
type Report = (results: readonly CampaignResult[]) => Promise<void>;

/**
 * Reads a campaign's list and makes batches of what is to be sent: those of the list that the journal does not know yet.
 * What is given is in the journal.
 */
export class Planner<Item extends CampaignItem> {
  readonly #settings: CampaignSettings<Item>;
  readonly #at: RunPosition;
  readonly #identity: string;
  readonly #pool: SenderPool;
  readonly #builder: BatchBuilder;
  readonly #recovered: ReadonlySet<string>;
  readonly #report: Report;
  readonly #fingerprintOf: (text: string) => string;
  #lastBatch: number;
  #position = 0;

  /**
   * @param recovered - The keys of items in batches of earlier runs that are delivered in this one: their results come
   * from there.
   */
  constructor(
    settings: CampaignSettings<Item>,
    opening: JournalOpening,
    recovered: ReadonlySet<string>,
    report: Report,
  ) {
    const { from, rateLimiter, sendOptions } = settings;
    this.#settings = settings;
    this.#at = { campaign: opening.campaign, run: opening.run };
    this.#identity = opening.identity;
    this.#lastBatch = opening.lastBatch;
    this.#recovered = recovered;
    this.#report = report;
    this.#pool = new SenderPool(from, (sender) => rateLimiter.unitsPerMinute(sender));
    this.#builder = new BatchBuilder((sender) => rateLimiter.mostPerRequest(sender));
    this.#fingerprintOf = rememberingLast((text) => fingerprintOf(text, sendOptions));
  }

  /** How many items of the list were read. */
  get read(): number {
    return this.#position;
  }

  /**
   * @throws SmsError `campaign-changed` where an item has another text than it was sent with, `campaign-taken-over` where
   * another run began; whatever the list or the journal throws.
   */
  async *batches(signal: AbortSignal): AsyncGenerator<ReadyBatch, void, undefined> {
    const list = openRecipients(this.#settings.recipients);
    for await (const chunk of inChunks(list, { size: chunkSize, lingerInMs, signal })) {
      await this.#sort(chunk);
      // A list that is slow has its items sent as they come.
      yield* this.#write(this.#builder.take(chunk.length < chunkSize));
    }
    if (signal.aborted) return;
    yield* this.#write(this.#builder.take(true));
    this.#assertNewest(await this.#settings.journal.endPlanning(this.#at));
  }

  /** Reports what is not to be sent, and hands the rest to the builder. */
  async #sort(chunk: readonly (string | Item)[]): Promise<void> {
    const { firsts, repeated } = this.#byKey(await this.#prepare(chunk));
    const keys = firsts.map(({ key }) => key);
    const records = await this.#settings.journal.lookUp(this.#at, keys);
    const results = repeated.map(duplicate);
    const [refused, ready]: [RefusedItem[], ReadableItem[]] = [[], []];
    for (const [index, intent] of firsts.entries()) {
      const record = records[index];
      const refusal = refusalOf(intent);
      const isFresh = record === undefined || (refusal === undefined && this.#isToBeResent(record));
      if (!isFresh) results.push(...this.#known(intent, record));
      else if (refusal !== undefined) refused.push({ intent, refusal });
      else if (isReadable(intent)) ready.push(intent);
    }
    results.push(...(await this.#refuse(refused)));
    await this.#assign(ready);
    if (results.length > 0) await this.#report(results);
  }

  /** Of several items with one key only the first is looked up: the others repeat it. */
  #byKey(intents: readonly ItemIntent[]): Record<"firsts" | "repeated", readonly ItemIntent[]> {
    const keys = new Set<string>();
    const firsts: ItemIntent[] = [];
    const repeated: ItemIntent[] = [];
    for (const intent of intents) {
      const isRepeated = keys.has(intent.key) || this.#builder.has(intent.key);
      (isRepeated ? repeated : firsts).push(intent);
      keys.add(intent.key);
    }
    return { firsts, repeated };
  }

  async #prepare(chunk: readonly (string | Item)[]): Promise<readonly ItemIntent[]> {
    const start = this.#position;
    this.#position += chunk.length;
    const [first] = chunk;
    if (start === 0 && first !== undefined) this.#assertFits(first);
    return Promise.all(chunk.map(async (item, index) => prepareItem(item, start + index, this.#settings)));
  }

  #assertFits(first: string | Item): void {
    const item = checkedItem(first, 0);
    if (item.problem === undefined) this.#settings.message.assertFits(item);
  }

  #isToBeResent({ status, isSeen }: JournalRecord): boolean {
    return status === "unknown" && !isSeen && this.#settings.onUnknown === "resend";
  }

  /** The result of an item that the journal knows: none where a batch of an earlier run with it is delivered in this one. */
  #known(intent: ItemIntent, record: JournalRecord): readonly CampaignResult[] {
    if (record.isSeen) return [duplicate(intent)];
    if (isReadable(intent) && record.fingerprint !== undefined) {
      const isSame = record.fingerprint === this.#fingerprintOf(intent.text);
      if (!isSame) throw changed();
    }
    const { status, isSeen: _, fingerprint: _of, ...known } = record;
    const isElsewhere = status === undefined || this.#recovered.has(intent.key);
    return isElsewhere ? [] : [{ ...known, status, isEarlier: true }];
  }

  /** Writes down, and gives, the results of items for which nothing will be sent. */
  async #refuse(refused: readonly RefusedItem[]): Promise<readonly CampaignResult[]> {
    if (refused.length === 0) return [];
    const refusals = refused.map(({ refusal }) => refusal);
    this.#assertNewest(await this.#settings.journal.recordItems(this.#at, refusals));
    tellRefusals(this.#settings, refused, (to) => this.#pool.senderFor(to, undefined));
    return refusals.map((refusal) => ({ ...refusal, isEarlier: false }));
  }

  async #assign(items: readonly ReadableItem[]): Promise<void> {
    if (items.length === 0) return;
    const pinned = this.#pool.isOne
      ? []
      : await this.#settings.journal.sendersOf(
          this.#at.campaign,
          items.map(({ to }) => to),
        );
    for (const [index, item] of items.entries()) {
      const from = this.#pool.senderFor(item.to, pinned[index]);
      this.#builder.add({ ...item, from, fingerprint: this.#fingerprintOf(item.text) });
    }
  }

  async *#write(drafts: readonly BatchDraft[]): AsyncGenerator<ReadyBatch, void, undefined> {
    if (drafts.length === 0) return;
    const planned = drafts.map((draft) => this.#planned(draft));
    this.#assertNewest(await this.#settings.journal.plan(this.#at, planned));
    for (const batch of planned) {
      yield { ...batch, ...this.#at, identity: this.#identity, claim: plannersClaim, generation: 0 };
    }
  }

  #planned({ first, items }: BatchDraft): PlannedBatch {
    const { from, text, fingerprint, sendBefore } = first;
    this.#lastBatch += 1;
    return {
      batch: this.#lastBatch,
      from,
      fingerprint,
      message: encodeMessage({ text, sendBefore, options: this.#settings.sendOptions }),
      items: items.map(({ key, to }) => ({ key, to })),
    };
  }

  #assertNewest(isNewest: boolean): void {
    if (!isNewest) throw takenOver();
  }
}

function takenOver(): SmsError {
  return new SmsError("campaign-taken-over", "Another run of this campaign has begun, and goes on with it.");
}

function changed(): SmsError {
  const advice = "Give an edited campaign an id of its own, and a list of those who have not been texted.";
  return new SmsError(
    "campaign-changed",
    `A message of this campaign that has been sent, or may have been, has another text or other options now. ${advice}`,
  );
}

function duplicate({ key, to }: ItemIntent): CampaignResult {
  return { status: "duplicate", key, to, isEarlier: false };
}

/** Most campaigns have one text. */
function rememberingLast(digest: (text: string) => string): (text: string) => string {
  let last: { readonly text: string; readonly digest: string } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, digest: digest(text) };
    return last.digest;
  };
}
