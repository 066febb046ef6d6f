import { propertyKeys } from "../../../insights/group-keys.js";
import type { SummaryOptions } from "../../../insights/message-log.js";
import { UsageError } from "../../failure.js";
import { readTime } from "../../input/time.js";
import type { OptionValues } from "../../option.js";
import { readPairs } from "../../options/pairs.js";
import type { Console } from "../../output/console.js";
import { readPrices, type priceOptions } from "../campaign/prices.js";

const dayInMs = 86_400_000;
const defaultDays = 30;

/** From when, and until when. */
export const rangeOptions = {
  from: {
    type: "string",
    value: "<time>",
    help: "Messages from this time on: ISO 8601 with its zone. Default: 30 days before --to.",
  },
  to: { type: "string", value: "<time>", help: "Messages before this time. Default: now." },
} as const;

/** Which messages of that time. */
export const whereOption = {
  where: {
    type: "string",
    value: "<key=value>",
    multiple: true,
    help: "Only those: tag=sale, sender=+18005551234, senderKind=toll-free, country=US. Several of one: any of them.",
  },
} as const;

export const zoneOption = {
  "time-zone": {
    type: "string",
    value: "<zone>",
    help: "Where days begin, such as America/New_York. Default: UTC.",
  },
} as const;

type Times = OptionValues<typeof rangeOptions>;
type Choice = Times & OptionValues<typeof whereOption>;
type Values = Choice & OptionValues<typeof zoneOption> & OptionValues<typeof priceOptions>;

/** @throws UsageError for what cannot be meant. */
export async function readQuestion(values: Values, console: Console): Promise<SummaryOptions> {
  return {
    ...readChoice(values, console),
    timeZone: checkedZone(values["time-zone"]),
    prices: await readPrices(values, console),
  };
}

/** @throws UsageError for what cannot be meant. */
export function readChoice(values: Choice, console: Console): Pick<SummaryOptions, "from" | "to" | "where"> {
  return { ...readRange(values, console), where: readWhere(values.where) };
}

/** @throws UsageError for what cannot be meant. */
export function readRange(values: Times, { environment }: Console): Pick<SummaryOptions, "from" | "to"> {
  const now = environment.now();
  const to = readTime("--to", values.to, now) ?? now;
  const from = readTime("--from", values.from, now) ?? new Date(to.getTime() - defaultDays * dayInMs);
  if (from >= to) throw new UsageError("--from is not before --to.");
  return { from, to };
}

function readWhere(given: readonly string[]): SummaryOptions["where"] {
  const where: Partial<Record<(typeof propertyKeys)[number], string[]>> = {};
  for (const [key, value] of readPairs("--where", "<key=value>", given)) {
    const known = propertyKeys.find((one) => one === key);
    if (known === undefined) throw new UsageError(`--where knows ${propertyKeys.join(", ")}.`);
    (where[known] ??= []).push(value);
  }
  return where;
}

function checkedZone(zone: string | undefined): string | undefined {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone }).format();
    return zone;
  } catch {
    throw new UsageError("--time-zone takes an IANA time zone, such as Europe/Berlin.");
  }
}
