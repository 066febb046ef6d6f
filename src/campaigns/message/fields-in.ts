/**
 * The names of the fields in a template, as a type: `"name" | "day"` for `"Hi {name}, see you {day}."`. A text that the
 * compiler does not know word for word can have any: `string`. (Such a text stands for many, and asks for an index
 * signature, which a record without keys has, too; a text known word for word is a key.)
 */
export type FieldsIn<Text extends string> =
  // oxlint-disable-next-line typescript/no-generated-empty-object-type -- it is meant to be empty
  Record<never, unknown> extends Record<Text, unknown> ? string : NamesIn<Text>;

/** The same for a text that is known word for word. Goes from brace to brace; a doubled one is a character. */
export type NamesIn<
  Text extends string,
  Found extends string = never,
> = Text extends `${string}{${infer Rest}`
  ? Rest extends `{${infer After}`
    ? NamesIn<After, Found>
    : Rest extends `${infer Name}}${infer After}`
      ? NamesIn<After, Found | Name>
      : Found
  : Found;
