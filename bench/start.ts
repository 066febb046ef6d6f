import { loadVariant } from "./variants.ts";
import { reportStart } from "./start-cost.ts";

/*
 * The child process that starts a variant: `start.js <variant> <endpoint> [send]`. Under the name `bare` it starts
 * nothing, and costs what Node itself costs.
 */

const [, , variant = ""] = process.argv;
await reportStart(variant === "bare" ? undefined : await loadVariant(variant));
