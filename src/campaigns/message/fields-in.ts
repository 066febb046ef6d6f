/**
 * The names of the fields in a template, as a type: `"name" | "day"` for `"Hi {name}, see you {day}."`. A text that the
 * compiler does not know word for word can have any: `string`.
 */
export type FieldsIn<Text extends string> = NoKeys extends Record<Text, unknown> ? string : Named<Text>;

/** Has what a text asks for that stands for many, as an index signature; a text known word for word is a key. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- it is meant to be empty
type NoKeys = Record<never, unknown>;

/** Goes from brace to brace; a doubled one is a character. */
type Named<Text extends string, Found extends string = never> = Text extends `${string}{${infer Rest}`
  ? Rest extends `{${infer After}`
    ? Named<After, Found>
    : Rest extends `${infer Name}}${infer After}`
      ? Named<After, Found | Name>
      : Found
  : Found;
