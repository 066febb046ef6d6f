import { percentile } from "./statistics.ts";
import type { BenchClient } from "./variants/client.ts";

/** A measured stretch of work. */
export interface StretchOrder {
  readonly requests: number;
  readonly recipients: number;
  readonly inFlight: number;
}

export interface Stretch {
  /** User and system time of the whole process, garbage collection and all. */
  readonly cpuInMicroseconds: number;
  readonly seconds: number;
  readonly p99InMs: number;
  /** The most memory the process ever had, warm-up included. */
  readonly peakRssInMb: number;
}

/** Sends so many requests, so many at a time, and says what that took. */
export async function runStretch(
  client: BenchClient,
  batches: readonly (readonly string[])[],
  { requests, recipients, inFlight }: StretchOrder,
): Promise<Stretch> {
  const latencies = new Float64Array(requests);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < requests; index = next++) {
      const sentAt = performance.now();
      assertAll(recipients, await client.send(batches[index % batches.length] ?? []));
      latencies[index] = performance.now() - sentAt;
    }
  };
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: inFlight }, work));
  const { user, system } = process.cpuUsage(before);
  return {
    cpuInMicroseconds: user + system,
    seconds: (performance.now() - startedAt) / 1000,
    p99InMs: percentile(latencies.sort(), 0.99),
    peakRssInMb: process.resourceUsage().maxRSS / 1024,
  };
}

/** A client that fails fast would look like a fast client. */
function assertAll(recipients: number, accepted: number): void {
  if (accepted !== recipients) throw new Error(`${accepted} of ${recipients} recipients were accepted.`);
}
