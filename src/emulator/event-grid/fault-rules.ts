import { z } from "zod";
import type { FaultRules } from "./faults.js";
import { readWith } from "../settings/read.js";
import { numberFrom, settingsObject } from "../settings/shapes.js";

/** How the faults that a caller asks for are checked. */
export function faultRules(): z.ZodType<FaultRules> {
  const probability = numberFrom(0, 1).default(0);
  const delayInMs = numberFrom(0, 86_400_000).default(0);
  const isDown = z.boolean({ error: "a boolean" }).default(false);
  return settingsObject({
    duplicate: probability,
    reorder: probability,
    lose: probability,
    isDown,
    delayInMs,
  });
}

/** Copies the faults that a caller gives, checked, with the rest switched off. */
export function readFaults(given: unknown): FaultRules {
  return readWith(faultRules(), given, "faults");
}
