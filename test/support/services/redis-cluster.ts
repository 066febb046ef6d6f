import { setTimeout } from "node:timers/promises";
import { createClient } from "redis";

import { freePort } from "./free-port.js";
import { startRedisServer, type RedisServer } from "./redis-server.js";
import { unavailable } from "./service.js";

/** A cluster of the test's own: three masters, and a replica of the first. */
export interface RedisCluster extends AsyncDisposable {
  readonly masters: readonly RedisServer[];
  readonly replica: RedisServer;
}

interface Node {
  readonly server: RedisServer;
  /** Where the nodes speak to each other. */
  readonly busPort: number;
}

/** The 16,384 hash slots, for three masters. */
const slotRanges = [
  ["0", "5460"],
  ["5461", "10922"],
  ["10923", "16383"],
] as const;

/** Takes some seconds: a new cluster does not answer at once. */
export async function ownRedisCluster(): Promise<RedisCluster | undefined> {
  const nodes: Node[] = [];
  const dispose = async (): Promise<void> => {
    await Promise.all(nodes.map(async ({ server }) => server[Symbol.asyncDispose]()));
  };
  try {
    // One after the other, as each looks for free ports.
    while (nodes.length < 4) nodes.push(await startNode());
    await join(nodes);
    const [replica, ...masters] = nodes.map(({ server }) => server);
    if (replica === undefined) throw new TypeError("A cluster without a replica.");
    return { masters, replica, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    return unavailable("a cluster of Redis", String(error));
  }
}

async function startNode(): Promise<Node> {
  const busPort = await freePort();
  // A master would wait five seconds for more replicas.
  const options = ["--cluster-enabled", "yes", "--repl-diskless-sync-delay", "0"];
  return { server: await startRedisServer([...options, "--cluster-port", `${busPort}`]), busPort };
}

/** The first node becomes the replica of the second. */
async function join(nodes: readonly Node[]): Promise<void> {
  const asks = await Promise.all(nodes.map(async ({ server }) => connected(server)));
  const [replica, ...masters] = asks;
  await Promise.all(
    masters.map(async (ask, index) => ask("CLUSTER", "ADDSLOTSRANGE", ...(slotRanges[index] ?? []))),
  );
  for (const { server, busPort } of nodes.slice(1))
    await replica?.("CLUSTER", "MEET", "127.0.0.1", `${server.port}`, `${busPort}`);
  await until(async () => {
    const states = await Promise.all(asks.map(async (ask) => ask("CLUSTER", "INFO")));
    return states.every((state) => /cluster_state:ok[^]*cluster_known_nodes:4/.test(state));
  });
  await replica?.("CLUSTER", "REPLICATE", (await masters[0]?.("CLUSTER", "MYID")) ?? "");
  // Clients are told of a replica that has got something, and once everybody has heard of that.
  const inSlotOfTheFirst = "{3}";
  await masters[0]?.("SET", inSlotOfTheFirst, "");
  await masters[0]?.("DEL", inSlotOfTheFirst);
  await until(async () => {
    const maps = await Promise.all(masters.map(async (ask) => ask("CLUSTER", "SLOTS")));
    return maps.every((map) => map.includes(`${nodes[0]?.server.port}`));
  });
  await Promise.all(asks.map(async (ask) => ask("QUIT")));
}

/** Asks a node, and gets what it says as text, lists as JSON. */
type Ask = (...command: string[]) => Promise<string>;

async function connected({ url }: RedisServer): Promise<Ask> {
  const client = createClient({ url, socket: { reconnectStrategy: false } }).on("error", () => {});
  await client.connect();
  return async (...command) => {
    const answer = await client.sendCommand(command);
    return typeof answer === "string" ? answer : JSON.stringify(answer);
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("The cluster did not come together.");
    await setTimeout(20);
  }
}
