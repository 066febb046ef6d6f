import { Child } from "../children.ts";
import type { MicroSubject } from "../micro-subjects.ts";
import type { Row, Table } from "../report.ts";
import { inRounds, type Measured } from "../rounds.ts";
import { pairedRatio, spreadOf } from "../statistics.ts";
import { microTargets } from "../targets.ts";
import type { Run } from "./part.ts";

interface Subject {
  readonly name: MicroSubject;
  readonly what: string;
  readonly variant: "official" | "acs-sms" | "JSON.parse";
}

const ours: readonly MicroSubject[] = [
  "sign a request",
  "check a number for E.164",
  "count the segments of 160 characters",
  "check 100 recipients in memory",
  "read a delivery report",
];

/** The official packages have but two of these. */
const subjects: readonly Subject[] = [
  { name: "sign a request, official", what: "sign a request", variant: "official" },
  { name: "read a delivery report, official", what: "read a delivery report", variant: "official" },
  { name: "read a delivery report, JSON alone", what: "read a delivery report", variant: "JSON.parse" },
  ...ours.map((name): Subject => ({ name, what: name, variant: "acs-sms" })),
];

/** What single functions cost, all in one child process. */
export async function measureMicro(run: Run): Promise<Table[]> {
  run.progress("single functions");
  const child = await Child.start<{ subject: MicroSubject }, number>(run.script("micro"));
  const measured = await inRounds(run.rounds, subjects, ({ name }) => child.ask({ subject: name }));
  await child.stop();
  const rows = subjects.map((subject) => rowOf(subject, measured));
  return [{ title: "Single functions, CPU per call", unit: "µs", rows }];
}

function rowOf(subject: Subject, measured: Measured<Subject, number>): Row {
  const { name, what, variant } = subject;
  const values = measured.get(subject) ?? [];
  const official = subjects.find((other) => other.what === what && other.variant === "official");
  const base = official === undefined ? undefined : measured.get(official);
  return {
    what,
    variant,
    value: spreadOf(values),
    ratio: base === undefined ? undefined : pairedRatio(values, base),
    target: microTargets[name],
  };
}
