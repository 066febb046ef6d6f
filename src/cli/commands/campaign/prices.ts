import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { priceOf, type PriceTable } from "../../../prices/price-table.js";
import { UsageError } from "../../failure.js";
import { checkFile } from "../../input/files.js";
import type { OptionValues } from "../../option.js";
import { readPairs } from "../../options/pairs.js";
import type { Console } from "../../output/console.js";

/** What a segment costs, in the two ways in which that can be said. */
export const priceOptions = {
  price: {
    type: "string",
    value: "<prefix=price>",
    multiple: true,
    help: "What a segment costs to numbers that begin so: +1=0.0079; *=0.05 is for all others.",
  },
  currency: {
    type: "string",
    value: "<code>",
    help: "With --price: the currency of all prices, such as USD.",
  },
  prices: {
    type: "string",
    value: "<file>",
    help: 'The same as a JSON file: {"currency": "USD", "perSegment": {"+1": "0.0079"}}.',
  },
} as const;

type Values = OptionValues<typeof priceOptions>;

/** @throws UsageError for a table that is none. */
export async function readPrices(values: Values, console: Console): Promise<PriceTable | undefined> {
  const { price, currency, prices } = values;
  if (prices !== undefined && (price.length > 0 || currency !== undefined))
    throw new UsageError("--prices has all prices, and excludes --price and --currency.");
  if (prices !== undefined) return checked(await readTable(prices, console));
  if (price.length === 0 && currency === undefined) return undefined;
  if (price.length === 0 || currency === undefined)
    throw new UsageError("--price and --currency need each other.");
  const perSegment = Object.fromEntries(readPairs("--price", "<prefix=price>", price));
  return checked({ currency, perSegment });
}

async function readTable(path: string, { environment, abortSignal }: Console): Promise<PriceTable> {
  await checkFile(path, environment);
  const text = await readFile(resolve(environment.folder, path), { encoding: "utf8", signal: abortSignal });
  try {
    // Editors of Windows begin a file with a byte order mark.
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new UsageError(`--prices takes a JSON file, and ${path} is none.`);
  }
}

function checked(table: PriceTable): PriceTable {
  try {
    priceOf(table);
    return table;
  } catch (error) {
    // It names the prefix, and shows nothing else.
    const why = error instanceof Error ? error.message : "";
    throw new UsageError(why.replace(/`prices\.?([^`]*)`/, "$1 of the price table").replace("  ", " "));
  }
}
