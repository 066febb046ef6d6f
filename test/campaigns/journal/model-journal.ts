import { randomUUID } from "node:crypto";

import type {
  BatchPosition,
  CampaignJournal,
  ClaimedBatch,
  JournalOpening,
  JournalOpenOptions,
  JournalRecord,
  JournalResult,
  JournalTotals,
  PlannedBatch,
  RunPosition,
  SettledBatch,
  Settlement,
} from "../../../src/campaigns/journal/campaign-journal.js";

interface Item {
  to: string;
  batch: number;
  seenIn: number;
  result?: JournalResult | undefined;
}

interface Batch extends Omit<PlannedBatch, "items"> {
  run: number;
  claim: number;
  generation: number;
  isBegun: boolean;
  firstSentAt: Date | undefined;
}

interface Campaign {
  identity: string;
  run: number;
  lastBatch: number;
  plannedRun: number;
  createdAt: Date;
  note?: string | undefined;
  batches: Map<number, Batch>;
  items: Map<string, Item>;
}

type Recorded = JournalResult & { readonly to: string };

/** What a journal is, in as few words as possible: to hold the others to. It lives in a map that several may share. */
export class ModelJournal implements CampaignJournal {
  readonly #campaigns: Map<string, Campaign>;

  constructor(campaigns: Map<string, Campaign> = new Map()) {
    this.#campaigns = campaigns;
  }

  async open(name: string, { keepPlanned, note }: JournalOpenOptions = {}): Promise<JournalOpening> {
    const isNew = !this.#campaigns.has(name);
    const campaign = this.#campaigns.get(name) ?? newCampaign();
    this.#campaigns.set(name, campaign);
    campaign.run += 1;
    campaign.note = note ?? campaign.note;
    for (const batch of campaign.batches.values()) {
      if (keepPlanned === true || openIn(campaign, batch.batch).length === 0) continue;
      batch.run = campaign.run;
      batch.claim += 1;
      if (!batch.isBegun) forgetPlanned(campaign, batch.batch);
    }
    return { ...described(name, campaign), isNew };
  }

  async read(name: string): Promise<Omit<JournalOpening, "isNew"> | undefined> {
    const campaign = this.#campaigns.get(name);
    return campaign && described(name, campaign);
  }

  async lookUp(at: RunPosition, keys: readonly string[]): Promise<(JournalRecord | undefined)[]> {
    const campaign = this.#campaigns.get(at.campaign);
    return keys.map((key) => {
      const item = campaign?.items.get(key);
      if (campaign === undefined || item === undefined) return undefined;
      const isSeen = item.seenIn === at.run;
      if (at.run === campaign.run) item.seenIn = at.run;
      const { from, fingerprint } = campaign.batches.get(item.batch) ?? {};
      return {
        status: undefined,
        key,
        ...item.result,
        to: item.to,
        ...(from !== undefined && { from }),
        ...(fingerprint !== undefined && { fingerprint }),
        isSeen,
      };
    });
  }

  async sendersOf(name: string, recipients: readonly string[]): Promise<(string | undefined)[]> {
    const campaign = this.#campaigns.get(name);
    return recipients.map((recipient) => {
      const mine = [...(campaign?.items.values() ?? [])].filter(({ to }) => to === recipient);
      return campaign?.batches.get(Math.max(0, ...mine.map(({ batch }) => batch)))?.from;
    });
  }

  async plan(at: RunPosition, batches: readonly PlannedBatch[]): Promise<boolean> {
    const campaign = this.#planned(at);
    if (campaign === undefined) return false;
    const items = batches.flatMap((batch) => batch.items.map((item) => ({ ...item, batch: batch.batch })));
    const isTaken = items.some(({ key }) => isTakenIn(campaign, key));
    if (batches.some(({ batch }) => batch <= campaign.lastBatch) || isTaken) throw new TypeError("Taken.");
    for (const { items: _, ...batch } of batches) {
      const fresh = { claim: 1, generation: 0, isBegun: false, firstSentAt: undefined };
      campaign.batches.set(batch.batch, { ...batch, ...fresh, run: at.run });
      campaign.lastBatch = batch.batch;
    }
    // Taken out first, as what is planned comes at the end.
    for (const { key } of items) campaign.items.delete(key);
    for (const { key, to, batch } of items) campaign.items.set(key, { to, batch, seenIn: at.run });
    return true;
  }

  async recordItems(at: RunPosition, results: readonly Recorded[]): Promise<boolean> {
    const campaign = this.#planned(at);
    if (campaign === undefined) return false;
    if (results.some(({ key }) => (campaign.items.get(key)?.batch ?? 0) > 0)) throw new TypeError("Planned.");
    for (const { to, ...result } of results)
      campaign.items.set(result.key, { to, batch: 0, seenIn: at.run, result });
    return true;
  }

  async endPlanning(at: RunPosition): Promise<boolean> {
    const campaign = this.#planned(at);
    if (campaign !== undefined) campaign.plannedRun = at.run;
    return campaign !== undefined;
  }

  async claim(name: string, number: number): Promise<ClaimedBatch | undefined> {
    const campaign = this.#campaigns.get(name);
    const batch = campaign?.batches.get(number);
    if (campaign === undefined || batch === undefined) return undefined;
    const items = openIn(campaign, number).map(([key, { to }]) => ({ key, to }));
    if (items.length === 0) return undefined;
    batch.claim += 1;
    batch.run = campaign.run;
    const { isBegun: _, firstSentAt, ...rest } = batch;
    return { ...rest, identity: campaign.identity, items, ...(firstSentAt && { firstSentAt }) };
  }

  async begin(held: BatchPosition, firstSentAt: Date): Promise<boolean> {
    const batch = this.#held(held);
    if (batch !== undefined) Object.assign(batch, { isBegun: true, firstSentAt });
    return batch !== undefined;
  }

  async renew(held: BatchPosition): Promise<number | undefined> {
    const batch = this.#held(held);
    if (batch === undefined) return undefined;
    batch.firstSentAt = undefined;
    return (batch.generation += 1);
  }

  async settle(held: BatchPosition, { results, firstSentAt }: Settlement): Promise<boolean> {
    const campaign = this.#campaigns.get(held.campaign);
    for (const result of results) {
      const item = campaign?.items.get(result.key);
      if (campaign === undefined || item?.batch !== held.batch) continue;
      const isOpen = item.result === undefined || item.result.status === "unknown";
      if (isOpen) item.result = result;
    }
    const batch = this.#held(held);
    if (batch !== undefined) batch.firstSentAt = firstSentAt;
    return batch !== undefined;
  }

  async unsettled(name: string, after: number, limit: number): Promise<number[]> {
    const campaign = this.#campaigns.get(name);
    if (campaign === undefined) return [];
    const open = [...campaign.batches.keys()].filter((batch) => openIn(campaign, batch).length > 0);
    return open.filter((batch) => batch > after).slice(0, limit);
  }

  async results(name: string, after: number, limit: number): Promise<SettledBatch[]> {
    const campaign = this.#campaigns.get(name);
    if (campaign === undefined) return [];
    const [first = Infinity] = await this.unsettled(name, after, 1);
    const batches = [...campaign.batches.values()].filter(({ batch }) => batch > after && batch < first);
    return batches.slice(0, limit).map(({ batch, from }) => {
      const mine = [...campaign.items.values()].filter((item) => item.batch === batch);
      return { batch, from, results: mine.flatMap(({ to, result }) => (result ? [{ ...result, to }] : [])) };
    });
  }

  async totals(name: string): Promise<JournalTotals> {
    const totals = { open: 0, accepted: 0, rejected: 0, suppressed: 0, invalid: 0, expired: 0, unknown: 0 };
    for (const { result } of this.#campaigns.get(name)?.items.values() ?? [])
      totals[result?.status ?? "open"] += 1;
    return totals;
  }

  async forget(name: string): Promise<boolean> {
    return this.#campaigns.delete(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #planned({ campaign: name, run }: RunPosition): Campaign | undefined {
    const campaign = this.#campaigns.get(name);
    return campaign?.run === run ? campaign : undefined;
  }

  #held({ campaign, batch: number, run, claim }: BatchPosition): Batch | undefined {
    const batch = this.#campaigns.get(campaign)?.batches.get(number);
    return batch?.run === run && batch.claim === claim ? batch : undefined;
  }
}

function newCampaign(): Campaign {
  const [batches, items] = [new Map<number, Batch>(), new Map<string, Item>()];
  const numbers = { run: 0, lastBatch: 0, plannedRun: 0 };
  return { identity: randomUUID(), ...numbers, createdAt: new Date(), batches, items };
}

function described(campaign: string, { run, plannedRun, note, ...rest }: Campaign) {
  const { batches: _, items: __, ...shown } = rest;
  return { campaign, run, isPlanned: plannedRun === run, ...shown, ...(note !== undefined && { note }) };
}

function openIn(campaign: Campaign, batch: number): [string, Item][] {
  return [...campaign.items].filter(
    ([, item]) => item.batch === batch && batch > 0 && item.result === undefined,
  );
}

function isTakenIn(campaign: Campaign, key: string): boolean {
  const item = campaign.items.get(key);
  return item !== undefined && item.result?.status !== "unknown";
}

function forgetPlanned(campaign: Campaign, batch: number): void {
  for (const [key] of openIn(campaign, batch)) campaign.items.delete(key);
  if (![...campaign.items.values()].some((item) => item.batch === batch)) campaign.batches.delete(batch);
}
