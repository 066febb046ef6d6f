import { z } from "zod";
import { documentedLimits, type RateLimitOptions, type RateLimits } from "../carriers/rate-limits.js";
import { readWith } from "./read.js";
import { integerFrom, settingsObject } from "./shapes.js";

/**
 * Copies the limits that a caller gives, checked, with those of the documentation for the rest; without any there are none.
 *
 * @throws TypeError or RangeError for the first that is wrong.
 */
export function readRateLimits(given: RateLimitOptions | undefined): RateLimits | undefined {
  if (given === undefined) return undefined;
  const { units, ...rest } = readWith(rateLimits(), given, "rateLimits");
  return { ...rest, units: { ...documentedLimits.units, ...units } };
}

/** Made when there are limits to check, so that an emulator without any starts at once. */
function rateLimits(): z.ZodType<RateLimits> {
  const units = integerFrom(1, 1_000_000).optional();
  const flag = z.boolean({ error: "a boolean" });
  return settingsObject({
    units: settingsObject({
      "toll-free": units,
      "short-code": units,
      "10dlc": units,
      alphanumeric: units,
    }).default({}),
    windowInSeconds: integerFrom(1, 86_400).default(documentedLimits.windowInSeconds),
    refusedCount: flag.default(documentedLimits.refusedCount),
    retryAfter: flag.default(documentedLimits.retryAfter),
  });
}
