import { z } from "zod";
import { readWith } from "./read.js";
import { integerFrom, numberFrom, settingsObject } from "./shapes.js";
import {
  noRequestFaults,
  type FaultyLatency,
  type FaultyRequests,
  type RequestFaultRules,
} from "../faults/request-faults.js";

/**
 * Copies the faults that a caller gives, checked, with the rest switched off.
 *
 * @throws TypeError or RangeError for the first that is wrong.
 */
export function readRequestFaults(given: unknown): RequestFaultRules {
  return readWith(requestFaults(), given, "faults");
}

/** Made when there are faults to check, so that an emulator without any starts at once. */
export function requestFaults(): z.ZodType<RequestFaultRules> {
  const hits = faultyRequests().default(0);
  return settingsObject({
    latencyInMs: faultyLatency().default(0),
    dropBefore: hits,
    tooManyRequests: hits,
    serverError: hits,
    dropAfter: hits,
    clockSkewInMs: integerFrom(-86_400_000, 86_400_000).default(0),
    serverErrorStatus: integerFrom(500, 599).default(noRequestFaults.serverErrorStatus),
    retryAfterInSeconds: integerFrom(0, 86_400).optional(),
  });
}

function faultyRequests(): z.ZodType<FaultyRequests> {
  const burst = settingsObject({ next: integerFrom(0, 1_000_000) });
  return z.union([numberFrom(0, 1), burst], { error: "a number from 0 to 1 or an object { next }" });
}

function faultyLatency(): z.ZodType<FaultyLatency> {
  const inMs = numberFrom(0, 600_000);
  const range = settingsObject({ least: inMs, most: inMs }).refine(({ least, most }) => least <= most, {
    error: "a range whose `least` is not above its `most`",
  });
  return z.union([inMs, range], { error: "a number from 0 to 600000 or an object { least, most }" });
}
