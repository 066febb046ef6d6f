import { loadVariant } from "./variants.ts";
import { reportStart } from "./start-cost.ts";

/*
 * The child process that starts a variant: `start.js <variant> <endpoint> [send]`. Under the name `bare` it starts
 * nothing, and costs what Node itself costs; the events entry is imported and no more.
 */

const [, , variant = ""] = process.argv;
if (variant === "acs-sms/events") await import("acs-sms/events");
const isClient = variant !== "bare" && variant !== "acs-sms/events";
await reportStart(isClient ? await loadVariant(variant) : undefined);
