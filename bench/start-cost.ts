import type { CreateClient } from "./variants/client.ts";

/** Creates a client, sends one text with it if told to, and writes the CPU time of the process so far, in ms. */
export async function reportStart(create: CreateClient | undefined): Promise<void> {
  const [, , , endpoint = "", send] = process.argv;
  const client = await create?.(endpoint, []);
  if (send === "send" && (await client?.send(["+14255550123"])) !== 1) throw new Error("It was not sent.");
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  // Connections that are kept alive would keep the process, too.
  process.stdout.write(`${(userCPUTime + systemCPUTime) / 1000}`, () => process.exit());
}
