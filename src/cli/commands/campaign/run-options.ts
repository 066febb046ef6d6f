import { quietOption } from "../../options/common.js";
import { connectionOptions } from "../../options/connection.js";
import type { OptionValues } from "../../option.js";
import { journalOptions } from "./journal.js";

const resultOptions = {
  results: {
    type: "string",
    value: "<file>",
    help: "A CSV file for what became of each, readable by its owner alone: key, number, status, message id, error.",
  },
  force: { type: "boolean", help: "Replace the file of --results if it is there already." },
  json: { type: "boolean", help: "Print what became of each as JSON lines, for programs." },
} as const;

/** What every run of a campaign is told, the first and later ones. */
export const runOptions: typeof journalOptions &
  typeof resultOptions &
  typeof connectionOptions &
  typeof quietOption = { ...journalOptions, ...resultOptions, ...connectionOptions, ...quietOption };

export type RunValues = OptionValues<typeof runOptions>;
