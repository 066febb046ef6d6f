import { createReadStream } from "node:fs";
import { resolve } from "node:path";

import type { CampaignItem } from "../../../campaigns/recipients/campaign-item.js";
import { recipientsFromCsv } from "../../../campaigns/recipients/recipients-from-csv.js";
import { linesOf } from "../../../csv/lines.js";
import { textOf, type TextSource } from "../../../csv/text-source.js";
import { UsageError } from "../../failure.js";
import { checkFile, standardInput } from "../../input/files.js";
import type { OptionValues } from "../../option.js";
import { readPairs } from "../../options/pairs.js";
import type { Console } from "../../output/console.js";
import { inOptionNames } from "../../output/option-wording.js";

/** Whom a campaign texts. */
export const listOptions = {
  csv: { type: "string", value: "<file>", help: "Whom to text: a CSV file; its columns are fields." },
  "to-file": {
    type: "string",
    value: "<file>",
    help: "Whom to text: a file of numbers, one in each line. Lines that begin with # are left out.",
  },
  column: {
    type: "string",
    value: "<field=column>",
    multiple: true,
    help: "Where the CSV file has the number and, where one person gets several messages, a key: to=Phone, key=3.",
  },
  delimiter: {
    type: "string",
    value: "<character>",
    help: "What is between cells, if not found out rightly.",
  },
  encoding: { type: "string", value: "<name>", help: "Such as windows-1252 or utf-16le. Default: utf-8." },
} as const;

export type ListValues = OptionValues<typeof listOptions>;

/** Opens a list anew, from its beginning. */
export type List = () => AsyncIterable<string | CampaignItem, void, undefined>;

/** @throws UsageError where not exactly one file says whom to text. */
export function checkList({ csv, "to-file": toFile, column }: ListValues): void {
  if (csv !== undefined && toFile !== undefined)
    throw new UsageError("--csv and --to-file exclude each other.");
  if (csv === undefined && toFile === undefined)
    throw new UsageError("--csv or --to-file is needed: nobody is named.");
  if (csv === standardInput || toFile === standardInput)
    throw new UsageError("A list is read more than once, which standard input cannot be: give a file.");
  if (toFile !== undefined && column.length > 0) throw new UsageError("--column needs --csv.");
}

/** @throws Failure where the file cannot be read; UsageError for options that cannot be meant. */
export async function openList(values: ListValues, console: Console): Promise<List> {
  const { csv, "to-file": toFile, delimiter, encoding } = values;
  const path = csv ?? toFile ?? "";
  const { environment, abortSignal } = console;
  await checkFile(path, environment);
  const open = (): TextSource => createReadStream(resolve(environment.folder, path));
  if (csv === undefined) return () => inTheirWords(() => numbersIn(open(), encoding, abortSignal));
  const columns = columnsOf(values.column);
  return () => inTheirWords(() => recipientsFromCsv(open, { columns, delimiter, encoding, abortSignal }));
}

/** The list, whose complaints call options as they are typed. */
async function* inTheirWords(list: List): ReturnType<List> {
  try {
    yield* list();
  } catch (error) {
    throw inOptionNames(error);
  }
}

/** The same list; whoever reads it is watched. */
export function watched(list: List, tell: (read: number) => void): List {
  return async function* () {
    let read = 0;
    for await (const item of list()) {
      read += 1;
      tell(read);
      yield item;
    }
  };
}

function columnsOf(given: readonly string[]): Record<string, string | number> {
  const pairs = readPairs("--column", "<field=column>", given);
  const wrong = pairs.some(([field]) => field !== "to" && field !== "key");
  if (wrong) throw new UsageError("--column takes to=<column> or key=<column>.");
  return Object.fromEntries(pairs.map(([field, name]) => [field, /^\d+$/.test(name) ? Number(name) : name]));
}

async function* numbersIn(
  source: TextSource,
  encoding = "utf-8",
  abortSignal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const position = { bytes: 0, line: 0 };
  for await (const lines of linesOf(textOf(source, encoding, position, abortSignal), position)) {
    for (const line of lines) {
      const text = line.text.trim();
      if (text !== "" && !text.startsWith("#")) yield text;
    }
  }
}
