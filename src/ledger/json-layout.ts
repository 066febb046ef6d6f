import { columnKey } from "../csv/csv-header.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import type { ImportSettings } from "./import-settings.js";
import { RowRefusal } from "./row-refusal.js";
import type { RowTexts } from "./row-texts.js";

/** Where each field is in JSON lines. Their properties may differ from line to line. */
export class JsonLayout {
  readonly #fields: ReadonlyMap<string, keyof SuppressionEntry>;
  readonly #constants: ImportSettings["constants"];

  constructor({ columns, constants }: ImportSettings) {
    this.#fields = new Map(Array.from(columns, ([field, name]) => [columnKey(String(name)), field]));
    this.#constants = constants;
  }

  /** The texts of one line. */
  read(line: string): RowTexts {
    const texts: RowTexts = {};
    for (const [name, value] of Object.entries(objectIn(line))) {
      const field = this.#fields.get(columnKey(name));
      if (field === undefined || value === null || value === "") continue;
      if (field in texts) throw new RowRefusal(field, "is there twice");
      if (field in this.#constants)
        throw new RowRefusal(field, `is in the row and in the option \`${field}\``);
      texts[field] = textOf(field, value);
    }
    return texts;
  }
}

function objectIn(line: string): object {
  const value = parsed(line);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new RowRefusal(undefined, "is no JSON object");
}

/** The parser's own error shows what it could not read. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new RowRefusal(undefined, "is no JSON");
  }
}

function textOf(field: keyof SuppressionEntry, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new RowRefusal(field, "is neither text nor a number");
}
