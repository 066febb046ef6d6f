import { microSubjects, type MicroSubject } from "./micro-subjects.ts";
import { whenParentEnds } from "./parent.ts";

/* The child process for single functions: for each name it gets, the CPU time of one call, in µs. */

/** Long enough that the clock's own grain and a collection of garbage do not matter. */
const sampleInMicroseconds = 60_000;

process.on("message", ({ subject }: { subject: MicroSubject }) => void measure(microSubjects[subject]));
whenParentEnds(() => process.exit());
process.send?.("ready");

async function measure(call: (times: number) => unknown): Promise<void> {
  let times = 1;
  let cpu = await cpuOf(call, times);
  while (cpu < sampleInMicroseconds) {
    times *= cpu < sampleInMicroseconds / 10 ? 8 : 2;
    cpu = await cpuOf(call, times);
  }
  process.send?.(cpu / times);
}

async function cpuOf(call: (times: number) => unknown, times: number): Promise<number> {
  const before = process.cpuUsage();
  await call(times);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
