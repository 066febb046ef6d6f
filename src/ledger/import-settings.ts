import { checkDelimiter } from "../csv/delimiter.js";
import { expected } from "../errors/expected.js";
import { checkDefaultCountry } from "../phone-numbers/country.js";
import { statedTime } from "../suppression/entry-time.js";
import { senderKeyOf } from "../suppression/key-of.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import type { LedgerFormat } from "./export-entries.js";
import type { ImportOptions } from "./import-options.js";
import { timeReader } from "./time-reader.js";
import { wantedColumns, type WantedColumns } from "./wanted-columns.js";

/** What says how to read somebody else's list. */
const foreignOnly = [
  "columns",
  "header",
  "sender",
  "state",
  "note",
  "states",
  "times",
  "asOf",
  "defaultCountry",
] as const satisfies readonly (keyof ImportOptions)[];

/** The options, checked, with what they make of a row. */
export interface ImportSettings {
  readonly format: LedgerFormat;
  readonly restore: boolean;
  readonly columns: WantedColumns;
  /** Whether the caller named the columns, and each has to be there. */
  readonly areColumnsNamed: boolean;
  readonly header: boolean;
  readonly delimiter: string | undefined;
  readonly encoding: string;
  /** What all rows have in common. */
  readonly constants: Readonly<Pick<ImportOptions, "sender" | "state" | "note">>;
  /** By the value in lower case. */
  readonly states: ReadonlyMap<string, SuppressionEntry["state"]>;
  readonly readTime: (text: string) => Date;
  readonly asOf: Date | undefined;
  readonly defaultCountry: string | undefined;
  readonly allowOptIns: boolean;
  readonly dryRun: boolean;
}

/** @throws TypeError or RangeError for what is malformed, or contradicts itself. */
export function importSettings(options: ImportOptions): ImportSettings {
  if (typeof options !== "object" || options === null) throw expected("options", "an object", options);
  checkKinds(options);
  const { allowOptIns = false, restore = false, format = "csv" } = options;
  if (restore) checkRestore(options);
  if (options.state === "opted-in" && !allowOptIns) {
    throw new TypeError('Expected `allowOptIns` to be true, as all rows are to be "opted-in".');
  }
  checkDefaultCountry(options.defaultCountry);
  return {
    format,
    restore,
    columns: wantedColumns(options),
    areColumnsNamed: options.columns !== undefined,
    header: options.header ?? true,
    delimiter: options.delimiter,
    encoding: options.encoding ?? "utf-8",
    constants: constantsOf(options),
    states: statesOf(options.states),
    readTime: timeReader(options.times ?? "iso-8601"),
    asOf: statedTime("asOf", options.asOf),
    defaultCountry: options.defaultCountry,
    allowOptIns,
    dryRun: options.dryRun ?? false,
  };
}

function checkKinds(options: ImportOptions): void {
  for (const name of ["restore", "header", "allowOptIns", "dryRun"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "boolean") throw expected(name, "a boolean", value);
  }
  for (const name of ["onProgress", "onRefused"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "function") throw expected(name, "a function", value);
  }
  for (const name of ["encoding", "note"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "string") throw expected(name, "a string", value);
  }
  const { format } = options;
  if (format !== undefined && format !== "csv" && format !== "jsonl") {
    throw expected("format", '"csv" or "jsonl"', format);
  }
  checkDelimiter(options.delimiter);
}

/** Each of these would change a fact that is to be taken as it was. */
function checkRestore(options: ImportOptions): void {
  for (const name of foreignOnly) {
    if (options[name] !== undefined) throw expected(name, "left out with `restore`", options[name]);
  }
}

function constantsOf({ sender, state, note }: ImportOptions): ImportSettings["constants"] {
  if (state !== undefined && !isState(state)) throw expected("state", '"opted-out" or "opted-in"', state);
  return {
    ...(sender !== undefined && { sender: senderKeyOf("sender", sender) }),
    ...(state !== undefined && { state }),
    ...(note !== undefined && { note }),
  };
}

function statesOf(states: ImportOptions["states"]): ImportSettings["states"] {
  const named = Object.entries(states ?? { "opted-out": "opted-out", "opted-in": "opted-in" });
  return new Map(
    named.map(([value, state]) => {
      if (!isState(state)) throw expected(`states["${value}"]`, '"opted-out" or "opted-in"', state);
      return [value.trim().toLowerCase(), state];
    }),
  );
}

/** Whether a value is one of the two states there are. */
export function isState(value: unknown): value is SuppressionEntry["state"] {
  return value === "opted-out" || value === "opted-in";
}
