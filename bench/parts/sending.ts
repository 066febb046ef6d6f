import { Child } from "../children.ts";
import type { Row, Table, Target } from "../report.ts";
import { inRounds, type Measured } from "../rounds.ts";
import { pairedRatio, spreadOf } from "../statistics.ts";
import type { Stretch, StretchOrder } from "../stretch.ts";
import { cpuTargets, throughputTargets } from "../targets.ts";
import { variantNames, type VariantName } from "../variants.ts";
import type { Run } from "./part.ts";

/**
 * So many requests that a stretch takes the official client some half a second; at one recipient and 50 in flight so many
 * that a process has sent 12,000 when it ends, which is what the target for memory is about.
 */
const settings: readonly StretchOrder[] = [
  { recipients: 1, inFlight: 1, requests: 1000 },
  { recipients: 1, inFlight: 10, requests: 1750 },
  { recipients: 1, inFlight: 50, requests: 2400 },
  { recipients: 100, inFlight: 1, requests: 250 },
  { recipients: 100, inFlight: 10, requests: 400 },
  { recipients: 100, inFlight: 50, requests: 400 },
];

/** The compiler has done its work, and the heap has its size, after about this many stretches. */
const warmUps = 2;

/**
 * Two processes with the same code differ by up to a tenth for as long as they live, by how their memory came to lie and
 * what their compiler saw first. So a setting is measured in several sittings, each with new processes.
 */
const roundsPerSitting = 3;

interface Measure {
  readonly title: string;
  readonly unit: string;
  readonly of: (stretch: Stretch, order: StretchOrder) => number;
  readonly target: (order: StretchOrder, variant: VariantName) => Target | undefined;
}

const measures: readonly Measure[] = [
  {
    title: "CPU per message",
    unit: "µs",
    of: ({ cpuInMicroseconds }, { requests, recipients }) => cpuInMicroseconds / (requests * recipients),
    target: ({ recipients, inFlight }, variant) =>
      inFlight === 50 ? cpuTargets[recipients]?.[variant] : undefined,
  },
  {
    title: "Throughput",
    unit: "messages/s",
    of: ({ seconds }, { requests, recipients }) => (requests * recipients) / seconds,
    target: ({ recipients, inFlight }, variant) =>
      recipients === 1 && inFlight === 50 ? throughputTargets[variant] : undefined,
  },
  {
    title: "Latency of a request, 99th percentile",
    unit: "ms",
    of: ({ p99InMs }) => p99InMs,
    target: () => undefined,
  },
  {
    title: "Peak RSS of the process",
    unit: "MB",
    of: ({ peakRssInMb }) => peakRssInMb,
    target: () => undefined,
  },
];

type Client = Child<StretchOrder, Stretch>;
type Stretches = Measured<VariantName, Stretch>;

/** What sending costs, in each setting: all variants stretch by stretch against the same server. */
export async function measureSending(run: Run): Promise<Table[]> {
  const measured: (readonly [StretchOrder, Stretches])[] = [];
  for (const order of settings) measured.push([order, await measureSetting(run, order)]);
  return measures.map((measure) => ({
    title: measure.title,
    unit: measure.unit,
    rows: measured.flatMap(([order, stretches]) => rowsOf(measure, order, stretches)),
  }));
}

async function measureSetting(run: Run, order: StretchOrder): Promise<Stretches> {
  run.progress(nameOf(order));
  const measured = new Map<VariantName, Stretch[]>(variantNames.map((name) => [name, []]));
  for (let left = run.rounds; left > 0; left -= roundsPerSitting) {
    const sitting = await sit(run, order, Math.min(left, roundsPerSitting));
    for (const [name, stretches] of sitting) measured.get(name)?.push(...stretches);
  }
  return measured;
}

async function sit(run: Run, order: StretchOrder, rounds: number): Promise<Stretches> {
  const clients = new Map<VariantName, Client>();
  for (const name of variantNames) clients.set(name, await startClient(run, name, order));
  const stretch = (name: VariantName): Promise<Stretch> => clientOf(clients, name).ask(order);
  await inRounds(warmUps, variantNames, stretch);
  const measured = await inRounds(rounds, variantNames, stretch);
  await Promise.all(Array.from(clients.values(), (client) => client.stop()));
  return measured;
}

async function startClient(run: Run, name: VariantName, { recipients }: StretchOrder): Promise<Client> {
  return Child.start(run.script("client"), [name, run.endpoint, String(recipients)]);
}

function clientOf(clients: ReadonlyMap<VariantName, Client>, name: VariantName): Client {
  const client = clients.get(name);
  if (client === undefined) throw new Error(`No client was started for "${name}".`);
  return client;
}

function rowsOf(measure: Measure, order: StretchOrder, stretches: Stretches): Row[] {
  const values = (name: VariantName): number[] =>
    (stretches.get(name) ?? []).map((stretch) => measure.of(stretch, order));
  return variantNames.map((name) => ({
    what: nameOf(order),
    variant: name,
    value: spreadOf(values(name)),
    ratio: pairedRatio(values(name), values("official")),
    floorRatio: pairedRatio(values(name), values("floor")),
    target: measure.target(order, name),
  }));
}

function nameOf({ recipients, inFlight }: StretchOrder): string {
  return `${recipients} ${recipients === 1 ? "recipient" : "recipients"}, ${inFlight} in flight`;
}
