import { run } from "../children.ts";
import type { Row, Table } from "../report.ts";
import { inRounds, type Measured } from "../rounds.ts";
import { pairedRatio, spreadOf } from "../statistics.ts";
import { startTargets } from "../targets.ts";
import type { Run } from "./part.ts";

const started = ["official", "acs-sms", "acs-sms, bundled"] as const;
const stages = [
  { name: "import and construct", args: [] },
  { name: "to first send done", args: ["send"] },
] as const;

interface Start {
  readonly stage: (typeof stages)[number];
  readonly variant: (typeof started)[number] | "bare" | "acs-sms/events";
}

const bare: Start = { stage: stages[0], variant: "bare" };

/** Loads zod; the root entry does not. */
const events: Start = { stage: stages[0], variant: "acs-sms/events" };

/** A process is a short stretch to measure, so there are more of them. */
const roundsPerRound = 1.5;

/** What it costs to begin: CPU time of a process of its own each time, above that of one that does nothing. */
export async function measureStart(run: Run): Promise<Table[]> {
  run.progress("start");
  const clients = stages.flatMap((stage) => started.map((variant): Start => ({ stage, variant })));
  const starts = [...clients, events];
  const rounds = Math.ceil(run.rounds * roundsPerRound);
  const measured = await inRounds(rounds, [bare, ...starts], (start) => cpuOf(run, start));
  const rows = starts.map((start) => rowOf(start, starts, measured));
  return [{ title: "Start, CPU above a bare Node", unit: "ms", rows }];
}

async function cpuOf({ script, endpoint }: Run, { stage, variant }: Start): Promise<number> {
  const isBundled = variant === "acs-sms, bundled";
  const name = isBundled ? "start-bundled" : "start";
  return Number(await run(script(name), [isBundled ? "acs-sms" : variant, endpoint, ...stage.args]));
}

function rowOf(start: Start, starts: readonly Start[], measured: Measured<Start, number>): Row {
  const { stage, variant } = start;
  const official = starts.find((other) => other.stage === stage && other.variant === "official") ?? start;
  const values = aboveBare(start, measured);
  return {
    what: stage.name,
    variant,
    value: spreadOf(values),
    ratio: pairedRatio(values, aboveBare(official, measured)),
    target: startTargets[stage.name]?.[variant],
  };
}

function aboveBare(start: Start, measured: Measured<Start, number>): number[] {
  const nothing = spreadOf(measured.get(bare) ?? []).median;
  return (measured.get(start) ?? []).map((cpu) => cpu - nothing);
}
