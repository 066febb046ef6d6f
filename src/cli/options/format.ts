import { UsageError } from "../failure.js";

export const formatOption = {
  format: {
    type: "string",
    value: "<format>",
    help: "csv or jsonl. Default: as the file's name ends, else csv.",
  },
} as const;

/** The format that was asked for, else that of the file. */
export function readFormat(format: string | undefined, path: string | undefined): "csv" | "jsonl" {
  if (format === "csv" || format === "jsonl") return format;
  if (format !== undefined) throw new UsageError("--format takes csv or jsonl.");
  return /\.(jsonl|ndjson)$/i.test(path ?? "") ? "jsonl" : "csv";
}
