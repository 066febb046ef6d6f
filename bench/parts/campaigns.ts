import type { CampaignCost, CampaignOrder } from "../campaign.ts";
import { campaignVariants, type CampaignVariant } from "../campaign-subjects.ts";
import { Child } from "../children.ts";
import type { Row, Table } from "../report.ts";
import { inRounds, type Measured } from "../rounds.ts";
import { pairedRatio, spreadOf } from "../statistics.ts";
import type { Run } from "./part.ts";

const lists: readonly CampaignOrder[] = [
  { people: 4000, perRequest: 1 },
  { people: 40_000, perRequest: 100 },
];

/** Enough that what grows with the list would show. */
const longList: CampaignOrder = { people: 1_000_000, perRequest: 100, every: 25_000 };
const shorterList: CampaignOrder = { ...longList, people: 200_000, every: 5000 };
const quickRounds = 3;

/** A whole list sent by a campaign, with its journal and opt-outs, next to loops that keep neither. */
export async function measureCampaigns(run: Run): Promise<Table[]> {
  const rows: { cpu: Row[]; speed: Row[] } = { cpu: [], speed: [] };
  for (const order of lists) {
    const measured = await measureList(run, order);
    rows.cpu.push(...rowsOf(order, measured, ({ cpuInMicroseconds }) => cpuInMicroseconds / order.people));
    rows.speed.push(...rowsOf(order, measured, ({ seconds }) => order.people / seconds));
  }
  return [
    { title: "A whole list: CPU per message", unit: "µs", rows: rows.cpu },
    { title: "A whole list: throughput", unit: "messages/s", rows: rows.speed },
    await measureMemory(run),
  ];
}

async function measureList(run: Run, order: CampaignOrder): Promise<Measured<CampaignVariant, CampaignCost>> {
  run.progress(`campaigns: ${nameOf(order)}`);
  const senders = new Map<CampaignVariant, Child<CampaignOrder, CampaignCost>>();
  for (const variant of campaignVariants)
    senders.set(variant, await Child.start(run.script("campaign"), [variant, run.endpoint]));
  const send = async (variant: CampaignVariant): Promise<CampaignCost> => {
    const sender = senders.get(variant);
    if (sender === undefined) throw new Error(`Nothing was started for "${variant}".`);
    return sender.ask(order);
  };
  await inRounds(1, campaignVariants, send);
  const measured = await inRounds(run.rounds, campaignVariants, send);
  await Promise.all([...senders.values()].map((sender) => sender.stop()));
  return measured;
}

function rowsOf(
  order: CampaignOrder,
  measured: Measured<CampaignVariant, CampaignCost>,
  of: (cost: CampaignCost) => number,
): Row[] {
  const values = (variant: CampaignVariant): number[] => (measured.get(variant) ?? []).map(of);
  return campaignVariants.map((variant) => ({
    what: nameOf(order),
    variant,
    value: spreadOf(values(variant)),
    ratio: pairedRatio(values(variant), values("official loop")),
    floorRatio: pairedRatio(values(variant), values("floor loop")),
  }));
}

/** The heap of one run of a million, after a collection each time: flat, if nothing is kept of what was sent. */
async function measureMemory(run: Run): Promise<Table> {
  const order = run.rounds > quickRounds ? longList : shorterList;
  run.progress(`campaigns: memory over ${order.people.toLocaleString("en-US")} recipients`);
  const sender = await Child.start<CampaignOrder, CampaignCost>(run.script("campaign"), [
    "campaign/undici",
    run.endpoint,
  ]);
  const { heapInMb, peakRssInMb } = await sender.ask(order);
  await sender.stop();
  const variant = "campaign/undici";
  return {
    title: `Memory of a run over ${order.people.toLocaleString("en-US")} recipients`,
    unit: "MB",
    rows: [
      { what: "heap in use, over the run", variant, value: spreadOf(heapInMb) },
      { what: "peak RSS of the process", variant, value: spreadOf([peakRssInMb]) },
    ],
    plot: plotOf(heapInMb),
  };
}

const bars = "▁▂▃▄▅▆▇█";

/** From nothing at the bottom to the most at the top. */
function plotOf(values: readonly number[]): string {
  const most = Math.max(...values);
  const line = values.map((value) => bars[Math.ceil((value / most) * bars.length) - 1] ?? bars[0]).join("");
  return `0 to ${Math.ceil(most)} MB, from the first recipient to the last: ${line}`;
}

function nameOf({ perRequest }: CampaignOrder): string {
  return perRequest === 1 ? "a text for each" : "one text for all, 100 a request";
}
