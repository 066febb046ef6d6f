import type { AddressInfo } from "node:net";
import { cpus } from "node:os";
import { parseArgs } from "node:util";

import { Child } from "./children.ts";
import { compileChildren } from "./compile.ts";
import { measureCampaigns } from "./parts/campaigns.ts";
import { measureEmulator } from "./parts/emulator.ts";
import { measureInsights } from "./parts/insights.ts";
import { measureMicro } from "./parts/micro.ts";
import type { Part, Run } from "./parts/part.ts";
import { measureSending } from "./parts/sending.ts";
import { measureStart } from "./parts/start.ts";
import { measureStores } from "./parts/stores.ts";
import { format, isMet, type Table } from "./report.ts";

/*
 * npm run bench [-- --quick] [--json] [--only start|sending|micro|stores|campaigns|emulator|insights]
 *   [--messages 500000]
 *
 * Compares acs-sms with the official client and with the least that sending can cost. Single figures change by a third
 * from one run to the next; the ratios are of the same rounds and do not. Nothing here passes or fails.
 */

const parts: Record<string, Part> = {
  start: measureStart,
  sending: measureSending,
  micro: measureMicro,
  stores: measureStores,
  campaigns: measureCampaigns,
  emulator: measureEmulator,
  insights: measureInsights,
};

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    messages: { type: "string" },
    only: { type: "string", multiple: true, default: Object.keys(parts) },
  },
});
const rounds = flags.quick ? 3 : 9;
const messages = Number(flags.messages ?? (flags.quick ? 10_000 : 30_000));
if (!(messages > 0)) throw new Error(`"${flags.messages}" is no number of messages.`);

// Only an ordinary end runs what is to be done at exit; children end when this process does.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

const script = await compileChildren();
const server = await Child.start<object, AddressInfo>(script("server"));
const { address, port } = await server.ask({});
const startedAt = performance.now();
const progress = (what: string): void => {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stderr.write(`${String(seconds).padStart(4)} s  ${what}\n`);
};
const tables = await measureAll({
  rounds,
  messages,
  script,
  progress,
  endpoint: `http://${address}:${port}`,
});
await server.stop();
progress("done");
if (flags.json) console.log(JSON.stringify(asJson(tables), undefined, 2));
else for (const table of tables) console.log(format(table));

async function measureAll(run: Run): Promise<Table[]> {
  const tables: Table[] = [];
  for (const measure of flags.only.map(partOf)) tables.push(...(await measure(run)));
  return tables;
}

function partOf(name: string): Part {
  const part = parts[name];
  if (part === undefined) throw new Error(`There is no part "${name}": ${Object.keys(parts).join(", ")}.`);
  return part;
}

function asJson(tables: readonly Table[]): object {
  const [cpu] = cpus();
  return {
    node: process.version,
    cpus: `${cpus().length} × ${cpu?.model}`,
    rounds,
    tables: tables.map((table) => ({
      ...table,
      rows: table.rows.map((row) => ({ ...row, met: isMet(row) })),
    })),
  };
}
