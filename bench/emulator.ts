import { startEmulator } from "acs-sms/emulator";

import { whenParentEnds } from "./parent.ts";
import { accessKey } from "./variants/client.ts";

/*
 * The child process with an emulator: it answers each message with where that listens and what the process has cost so
 * far, from its own start on.
 */

/** What the emulator's process has cost, in all. */
export interface EmulatorCost {
  readonly endpoint: string;
  /** From the start of the process to the emulator's being ready, what is imported included. */
  readonly readyInMs: number;
  /** The same for a second emulator, as the next test file of a process would start it. */
  readonly againInMs: number;
  readonly cpuInMicroseconds: number;
  readonly rssInMb: number;
}

const accessKeys = { primary: accessKey, secondary: accessKey };
const emulator = await startEmulator({ accessKeys });
const readyInMs = performance.now();
const second = await startEmulator({ accessKeys });
const againInMs = performance.now() - readyInMs;
await second.close();

process.on("message", () => process.send?.(cost()));
whenParentEnds(() => process.exit());
process.send?.("ready");

function cost(): EmulatorCost {
  const { user, system } = process.cpuUsage();
  return {
    endpoint: emulator.endpoint,
    readyInMs,
    againInMs,
    cpuInMicroseconds: user + system,
    rssInMb: process.memoryUsage.rss() / 2 ** 20,
  };
}
