import { Child } from "../children.ts";
import type { Row, Table } from "../report.ts";
import { pairedRatio, spreadOf } from "../statistics.ts";
import type { StoreName } from "../store-subjects.ts";
import type { StoreCost, StoreOrder } from "../stores.ts";
import { storeTargets } from "../targets.ts";
import type { Run } from "./part.ts";

/** A million opt-outs; fewer in a quick run, and where a server that imitates another would take an hour. */
const sizes: Record<StoreName, { readonly full: number; readonly quick: number }> = {
  memory: { full: 1_000_000, quick: 20_000 },
  sqlite: { full: 1_000_000, quick: 20_000 },
  redis: { full: 1_000_000, quick: 20_000 },
  ioredis: { full: 1_000_000, quick: 20_000 },
  postgres: { full: 1_000_000, quick: 20_000 },
  "azure-tables": { full: 5000, quick: 1000 },
};

/** So many at once that no order takes as long as a child may be silent. */
const slice = 50_000;

type Costs = Readonly<Record<"fill" | "check" | "check raw", readonly StoreCost[]>>;

/** What the stores cost: to fill them, and to ask them about 100 people, next to what their databases alone take. */
export async function measureStores(run: Run): Promise<Table[]> {
  const names = Object.keys(sizes) as StoreName[];
  const measured: (readonly [StoreName, Costs])[] = [];
  for (const name of names) measured.push([name, await measureStore(name, run)]);
  const table = (title: string, unit: string, rowsOf: (name: StoreName, costs: Costs) => Row[]): Table => ({
    title,
    unit,
    rows: measured.flatMap(([name, costs]) => rowsOf(name, costs)),
  });
  return [
    table("A store filled with opt-outs, 1,000 a call", "entries/s", (name, { fill }) => [
      row(
        name,
        fill.map(({ wallInMicroseconds }) => 1e9 / wallInMicroseconds),
      ),
    ]),
    table("Peak RSS of the process that filled it", "MB", (name, { fill }) => [
      row(
        name,
        fill.slice(-1).map(({ peakRssInMb }) => peakRssInMb),
      ),
    ]),
    table(
      "100 recipients checked, ten of them on the list: CPU of the process",
      "µs",
      checkRows("cpuInMicroseconds"),
    ),
    table("100 recipients checked, ten of them on the list: time", "µs", checkRows("wallInMicroseconds")),
  ];

  function row(name: StoreName, values: readonly number[]): Row {
    return {
      what: `${sizeOf(name, run).toLocaleString("en")} in ${name}`,
      variant: "acs-sms",
      value: spreadOf(values),
    };
  }

  function checkRows(figure: "cpuInMicroseconds" | "wallInMicroseconds") {
    return (name: StoreName, costs: Costs): Row[] => {
      const [ours, raw] = [costs.check, costs["check raw"]].map((list) => list.map((cost) => cost[figure]));
      if (ours === undefined || raw === undefined) return [];
      const target = storeTargets[figure]?.[name];
      const measured = { ...row(name, ours), target };
      if (name === "azure-tables") return [measured];
      return [
        { ...measured, floorRatio: pairedRatio(ours, raw) },
        { ...row(name, raw), variant: "database alone" },
      ];
    };
  }
}

async function measureStore(name: StoreName, run: Run): Promise<Costs> {
  run.progress(`store: ${name}`);
  const child = await Child.start<StoreOrder, StoreCost>(run.script("stores"), [name]);
  const size = sizeOf(name, run);
  const costs = { fill: [] as StoreCost[], check: [] as StoreCost[], "check raw": [] as StoreCost[] };
  for (let filled = 0; filled < size; filled += slice) {
    const count = Math.min(slice, size - filled);
    costs.fill.push(await child.ask({ work: "fill", filled, count }));
    await child.ask({ work: "fill raw", filled, count });
  }
  for (let round = 0; round < run.rounds; round += 1) {
    for (const work of ["check", "check raw"] as const)
      costs[work].push(await child.ask({ work, filled: size }));
  }
  await child.stop();
  return costs;
}

function sizeOf(name: StoreName, { rounds }: Run): number {
  return sizes[name][rounds > 3 ? "full" : "quick"];
}
