import { UsageError } from "../../failure.js";
import type { OptionValues } from "../../option.js";

/** How a campaign goes, which may change while it does. */
export const paceOptions = {
  rate: {
    type: "string",
    value: "<number>",
    help: "Messages a minute from each sender, or none for no limit. Default: the documented limit of the sender, if any.",
  },
  concurrency: {
    type: "string",
    value: "<number>",
    help: "How many requests of each sender are under way at once, 1 to 1000. Default: 20.",
  },
  "on-unknown": {
    type: "string",
    value: "<choice>",
    help: "Messages that may have arrived and cannot be repeated safely: hold, or resend; some then come twice. Default: hold.",
  },
} as const;

export type PaceValues = OptionValues<typeof paceOptions>;

interface Pace {
  readonly rate: number | undefined;
  readonly concurrency: number | undefined;
  readonly onUnknown: "hold" | "resend" | undefined;
}

/** @throws UsageError */
export function readPace({ rate, concurrency, "on-unknown": onUnknown }: PaceValues): Pace {
  if (onUnknown !== undefined && onUnknown !== "hold" && onUnknown !== "resend")
    throw new UsageError("--on-unknown takes hold or resend.");
  return { rate: readRate(rate), concurrency: readConcurrency(concurrency), onUnknown };
}

function readRate(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (given === "none") return Infinity;
  const rate = /^\d{1,9}(\.\d{1,9})?$/.test(given) ? Number(given) : 0;
  if (rate > 0) return rate;
  throw new UsageError("--rate takes the messages a minute, such as 200, or none.");
}

function readConcurrency(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const concurrency = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (concurrency >= 1 && concurrency <= 1000) return concurrency;
  throw new UsageError("--concurrency takes a whole number from 1 to 1000.");
}
