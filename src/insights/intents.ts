import type { SmsInboundObservation } from "../observers/observer.js";

/** What a text from a person may ask for. */
export const intents: readonly SmsInboundObservation["intent"][] = ["opt-out", "opt-in", "help", "none"];
