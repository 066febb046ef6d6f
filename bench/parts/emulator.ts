import { Child } from "../children.ts";
import type { EmulatorCost } from "../emulator.ts";
import type { Row, Table } from "../report.ts";
import { inRounds } from "../rounds.ts";
import { pairedRatio, spreadOf } from "../statistics.ts";
import type { Stretch, StretchOrder } from "../stretch.ts";
import type { Run } from "./part.ts";

/** Tens of thousands of messages in each sitting: what a test of a campaign sends. */
const orders: readonly StretchOrder[] = [
  { recipients: 1, inFlight: 50, requests: 5000 },
  { recipients: 100, inFlight: 50, requests: 400 },
];

/** What sends: the fastest client there is, to load the servers, and the official one, to see who waits for whom. */
const senders = ["floor", "official"] as const;
const servers = ["plain server", "emulator"] as const;

interface Load {
  readonly sender: (typeof senders)[number];
  readonly server: (typeof servers)[number];
}

/** What the emulator takes to start, and how many messages it takes, next to a server that reads nothing. */
export async function measureEmulator(run: Run): Promise<Table[]> {
  run.progress("emulator: start");
  const starts: EmulatorCost[] = [];
  for (let round = 0; round < run.rounds; round += 1) starts.push(await startOnce(run));
  const loads: Row[] = [];
  for (const order of orders) loads.push(...(await measureLoad(run, order)));
  return [
    {
      title: "The emulator's start, in a process of its own",
      unit: "ms",
      rows: [
        startRow("process started to ready", starts, "readyInMs"),
        startRow("a second one in the same process", starts, "againInMs"),
      ],
    },
    { title: "Its memory when ready", unit: "MB", rows: [startRow("RSS of the process", starts, "rssInMb")] },
    { title: "Messages that a server takes, × floor: to the plain server", unit: "messages/s", rows: loads },
  ];
}

async function startOnce({ script }: Run): Promise<EmulatorCost> {
  const child = await Child.start<object, EmulatorCost>(script("emulator"));
  const cost = await child.ask({});
  await child.stop();
  return cost;
}

function startRow(
  what: string,
  costs: readonly EmulatorCost[],
  figure: "readyInMs" | "againInMs" | "rssInMb",
): Row {
  return { what, variant: "emulator", value: spreadOf(costs.map((cost) => cost[figure])) };
}

async function measureLoad(run: Run, order: StretchOrder): Promise<Row[]> {
  const what = `${order.recipients} a request, ${order.inFlight} in flight`;
  run.progress(`emulator: ${what}`);
  const emulator = await Child.start<object, EmulatorCost>(run.script("emulator"));
  const { endpoint } = await emulator.ask({});
  const loads = senders.flatMap((sender) => servers.map((server): Load => ({ sender, server })));
  const clients = new Map<Load, Child<StretchOrder, Stretch>>();
  for (const load of loads) {
    const target = load.server === "emulator" ? endpoint : run.endpoint;
    clients.set(
      load,
      await Child.start(run.script("client"), [load.sender, target, String(order.recipients)]),
    );
  }
  const stretch = async (load: Load): Promise<number> => {
    const { seconds } = await clientOf(clients, load).ask(order);
    return (order.requests * order.recipients) / seconds;
  };
  await inRounds(1, loads, stretch);
  const measured = await inRounds(run.rounds, loads, stretch);
  await Promise.all([emulator, ...clients.values()].map((child) => child.stop()));
  return loads.map((load) => {
    const values = measured.get(load) ?? [];
    const plain =
      loads.find(({ sender, server }) => sender === load.sender && server === "plain server") ?? load;
    return {
      what,
      variant: `${load.sender} → ${load.server}`,
      value: spreadOf(values),
      floorRatio: pairedRatio(values, measured.get(plain) ?? []),
    };
  });
}

function clientOf(
  clients: ReadonlyMap<Load, Child<StretchOrder, Stretch>>,
  load: Load,
): Child<StretchOrder, Stretch> {
  const client = clients.get(load);
  if (client === undefined) throw new Error(`No client was started for "${load.sender}".`);
  return client;
}
