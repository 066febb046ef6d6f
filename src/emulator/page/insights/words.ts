import { wordsFor } from "../../../insights/report/words/words.js";
import { timeZone } from "./choices.js";

/** How the section writes numbers and times: as the report does, in the time zone of the browser. */
export const words = wordsFor("en-GB", timeZone);
