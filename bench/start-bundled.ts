import { reportStart } from "./start-cost.ts";
import { createAcsSms } from "./variants/acs-sms.ts";

/* As `start.ts acs-sms`, for a bundle: of the package as its users put it into theirs. */

void reportStart(createAcsSms);
