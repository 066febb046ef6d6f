import { Child } from "../children.ts";
import type { LogName } from "../insights-events.ts";
import type { LogKind } from "../insights-places.ts";
import { monthQuestions, type QuestionName, type RangeName } from "../insights-questions.ts";
import type { LogCost, LogCosts, LogOrder } from "../insights.ts";
import type { Row, Table } from "../report.ts";
import { pairedRatio, spreadOf } from "../statistics.ts";
import type { Run } from "./part.ts";

const kinds: readonly LogKind[] = ["SQLite", "Postgres"];

/** So many messages at once that no order takes as long as a child may be silent. */
const slice = 5000;

/** What was measured, with what it was done to or asked. */
interface Measured {
  readonly what: string;
  readonly costs: readonly LogCosts[];
}

interface Measurements {
  readonly fills: readonly Measured[];
  readonly sizes: readonly Measured[];
  readonly questions: readonly Measured[];
  readonly ranges: readonly Measured[];
}

/**
 * What a message log takes to write and to ask, next to the same rows written by hand, and to counting them by their status: so
 * much do joining, and the other figures, cost.
 */
export async function measureInsights(run: Run): Promise<Table[]> {
  const measured: Measurements[] = [];
  for (const kind of kinds) measured.push(...(await measureLogs(kind, run)));
  const month = `a month of ${run.messages.toLocaleString("en-US")} messages`;
  const table = (
    title: string,
    unit: string,
    part: keyof Measurements,
    of: (cost: LogCost) => number,
  ): Table => ({
    title,
    unit,
    rows: measured.flatMap((measurements) => measurements[part].flatMap((some) => rowsOf(some, of))),
  });
  const ms = ({ wallInMicroseconds }: LogCost): number => wallInMicroseconds / 1000;
  return [
    table(`Events written, of ${month}`, "events/s", "fills", (cost) => 1e6 / cost.wallInMicroseconds),
    table("Events written: CPU of the process", "µs", "fills", ({ cpuInMicroseconds }) => cpuInMicroseconds),
    table("What a message and all that is said of it take", "bytes", "sizes", ({ bytes }) => bytes),
    table(`A summary of ${month}`, "ms", "questions", ms),
    table("A summary by tag of more and more days, in longer and longer logs", "ms", "ranges", ms),
  ];
}

/** Nothing where there is no such database. */
async function measureLogs(kind: LogKind, run: Run): Promise<readonly Measurements[]> {
  const child = await Child.start<LogOrder, LogCosts | null>(run.script("insights"), [
    kind,
    String(run.messages),
  ]);
  const ask = async (order: LogOrder): Promise<readonly LogCosts[]> => {
    const costs = await child.ask(order);
    return costs === null ? [] : [costs];
  };
  const isThere = (await ask({ work: "look" })).length > 0;
  if (!isThere) run.progress(`insights: ${kind} is left out, as it is not here`);
  const measurements = isThere ? [await measureAll(kind, run, ask)] : [];
  await child.stop();
  return measurements;
}

type Ask = (order: LogOrder) => Promise<readonly LogCosts[]>;

async function measureAll(kind: LogKind, run: Run, ask: Ask): Promise<Measurements> {
  const fills = [
    { what: `${kind}, in order`, costs: await fill("a month", "with peer") },
    { what: `${kind}, in disorder`, costs: await fill("a month in disorder", "with peer") },
  ];
  await fill("a day", "alone");
  await fill("three months", "alone");
  const sizes = [{ what: kind, costs: await ask({ work: "size", log: "a month" }) }];
  const questions: Measured[] = [];
  for (const question of namesOf(monthQuestions))
    questions.push({ what: `${kind}: ${question}`, costs: await inRounds("a month", question) });
  const ranges: Measured[] = [];
  for (const [question, log] of ranged)
    ranges.push({ what: `${kind}: ${question}, a log of ${log}`, costs: await inRounds(log, question) });
  return { fills, sizes, questions, ranges };

  async function fill(log: LogName, how: "alone" | "with peer"): Promise<readonly LogCosts[]> {
    run.progress(`insights: ${kind}, a log of ${log}`);
    const parts = log === "a day" ? 1 : Math.ceil(run.messages / slice) * (log === "three months" ? 3 : 1);
    const costs: LogCosts[] = [];
    for (let part = 0; part < parts; part += 1)
      costs.push(...(await ask({ work: "fill", log, part, parts, alone: how === "alone" })));
    await ask({ work: "settle", log });
    return costs;
  }

  /** What is asked first is slower, and not counted. */
  async function inRounds(log: LogName, question: QuestionName): Promise<readonly LogCosts[]> {
    run.progress(`insights: ${kind}, ${question} of ${log}`);
    await ask({ work: "ask", log, question });
    const costs: LogCosts[] = [];
    for (let round = 0; round < run.rounds; round += 1)
      costs.push(...(await ask({ work: "ask", log, question })));
    return costs;
  }
}

const ranged: readonly (readonly [RangeName, LogName])[] = [
  ["1 day", "a day"],
  ["1 day", "a month"],
  ["1 day", "three months"],
  ["7 days", "a month"],
  ["30 days", "a month"],
];

function namesOf(questions: typeof monthQuestions): readonly (keyof typeof monthQuestions)[] {
  return Object.keys(questions) as (keyof typeof monthQuestions)[];
}

function rowsOf({ what, costs }: Measured, of: (cost: LogCost) => number): readonly Row[] {
  const [ours, byHand] = [costs.map(({ log }) => of(log)), costs.map((cost) => of(cost.byHand))];
  return [
    { what, variant: "acs-sms", value: spreadOf(ours), floorRatio: pairedRatio(ours, byHand) },
    { what, variant: "by hand", value: spreadOf(byHand) },
  ];
}
