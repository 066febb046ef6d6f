import { Child } from "../children.ts";
import type { MicroSubject } from "../micro-subjects.ts";
import type { Table } from "../report.ts";
import { inRounds } from "../rounds.ts";
import { pairedRatio, spreadOf } from "../statistics.ts";
import { microTargets } from "../targets.ts";
import type { Run } from "./part.ts";

/** Each with what the official client has for it, if anything. */
const subjects: readonly { readonly name: MicroSubject; readonly official?: MicroSubject }[] = [
  { name: "sign a request, official" },
  { name: "sign a request", official: "sign a request, official" },
  { name: "check a number for E.164" },
  { name: "count the segments of 160 characters" },
  { name: "check 100 recipients in memory" },
];

/** What single functions cost, all in one child process. */
export async function measureMicro(run: Run): Promise<Table[]> {
  run.progress("single functions");
  const child = await Child.start<{ subject: MicroSubject }, number>(run.script("micro"));
  const names = subjects.map(({ name }) => name);
  const measured = await inRounds(run.rounds, names, (subject) => child.ask({ subject }));
  await child.stop();
  const valuesOf = (name: MicroSubject): readonly number[] => measured.get(name) ?? [];
  const rows = subjects.map(({ name, official }) => ({
    what: name,
    variant: "",
    value: spreadOf(valuesOf(name)),
    ratio: official === undefined ? undefined : pairedRatio(valuesOf(name), valuesOf(official)),
    target: microTargets[name],
  }));
  return [{ title: "Single functions, CPU per call", unit: "µs", rows }];
}
