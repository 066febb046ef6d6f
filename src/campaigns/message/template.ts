import { expected } from "../../errors/expected.js";
import { SmsError } from "../../errors/sms-error.js";
import type { FieldsIn } from "./fields-in.js";
import { templateParts, type TemplatePart } from "./template-parts.js";

/** A text with fields, which each recipient fills. */
export interface MessageTemplate<Field extends string = string> {
  /** The names of its fields, each once, in the order of the text. */
  readonly fields: readonly Field[];
  /**
   * The text with these values in it, word for word: braces in a value are characters. Values that are not asked for are
   * left alone.
   *
   * @throws SmsError `missing-field` for a field that is absent, `null`, empty or blank; TypeError for a value that is
   * neither a string nor a finite number. Neither shows a value.
   */
  text(values: Readonly<Record<Field, string | number>>): string;
  /** The fields that are not among these names: the columns of a file, say. */
  missingFields(available: Iterable<string>): readonly Field[];
  /** The template as it was written. */
  toString(): string;
}

/**
 * A text with fields in braces. Their names are known to the compiler where the text is: `text()` then takes no values
 * without them.
 *
 * A name begins with a letter or `_`, goes on with letters, digits and `_`, and may have spaces, dots and hyphens inside:
 * `{First name}`. Case counts. `{{` and `}}` stand for the braces themselves, so `{{name}}` is no field.
 *
 * @throws TypeError where a brace is not closed or not opened, or braces hold no name; it says at which character.
 *
 * @example
 * ```ts
 * import { template } from "acs-sms/campaigns";
 *
 * const reminder = template("Hi {name}, see you {day} at {time}.");
 * reminder.text({ name: "Ann", day: "Monday", time: "10:00" }); // "Hi Ann, see you Monday at 10:00."
 * reminder.missingFields(["name", "day"]); // ["time"]
 * ```
 */
export function template<const Text extends string>(text: Text): MessageTemplate<FieldsIn<Text>> {
  if (typeof text !== "string") throw expected("text", "a string", text);
  return new ParsedTemplate<FieldsIn<Text>>(text);
}

class ParsedTemplate<Field extends string> implements MessageTemplate<Field> {
  readonly fields: readonly Field[];
  readonly #source: string;
  readonly #parts: readonly TemplatePart[];

  constructor(source: string) {
    this.#source = source;
    this.#parts = templateParts(source);
    const names = this.#parts.flatMap((part) => (typeof part === "string" ? [] : [part.field]));
    // The type is what the same reading finds.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    this.fields = Object.freeze([...new Set(names)]) as readonly Field[];
  }

  text(values: Readonly<Record<Field, string | number>>): string {
    const given: unknown = values;
    if (typeof given !== "object" || given === null) throw expected("values", "an object", given);
    let text = "";
    for (const part of this.#parts) text += typeof part === "string" ? part : valueOf(given, part.field);
    return text;
  }

  missingFields(available: Iterable<string>): readonly Field[] {
    const names = new Set(available);
    return this.fields.filter((field) => !names.has(field));
  }

  toString(): string {
    return this.#source;
  }
}

function valueOf(values: object, field: string): string | number {
  // What every object inherits is nobody's value.
  const value: unknown = Object.hasOwn(values, field) ? Reflect.get(values, field) : undefined;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
    throw new SmsError(
      "missing-field",
      `The message needs the field \`${field}\`, and this recipient has none.`,
    );
  }
  if (typeof value === "string") return value;
  throw expected(`values[${JSON.stringify(field)}]`, "a string or a finite number", value);
}
