import { z } from "zod";
import type { EmulatorMessage } from "./emulator-message.js";
import type { OptOutState } from "./records.js";

/** A message as JSON; `at` says what becomes of its times. */
export function messageSchema<Time>(
  at: z.ZodType<Time>,
): z.ZodType<Omit<EmulatorMessage, "at" | "endedAt"> & { readonly at: Time; readonly endedAt?: Time }> {
  return z.object({
    id: z.string(),
    kind: z.enum(["outbound", "inbound", "notice"]),
    sender: z.string(),
    phone: z.string(),
    message: z.string(),
    encoding: z.enum(["GSM-7", "UCS-2"]),
    units: z.int(),
    segments: z.int(),
    at,
    state: z.enum(["under-way", "delivered", "failed", "blocked"]),
    isShown: z.boolean(),
    endedAt: at.exactOptional(),
    details: z.string().exactOptional(),
    tag: z.string().exactOptional(),
  });
}

export function optOutSchema(): z.ZodType<OptOutState> {
  return z.object({
    sender: z.string(),
    phone: z.string(),
    isBlockedByCarrier: z.boolean(),
    isInServiceList: z.boolean(),
  });
}
