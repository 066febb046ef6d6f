/** Held by the compiler alone: which fields a template has. */
import { template, type MessageTemplate } from "../../../src/campaigns/message/template.js";
import type { FieldsIn } from "../../../src/campaigns/message/fields-in.js";

/** Compiles where both are the same type. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type IsTrue<T extends true> = T;

export type Fields = [
  IsTrue<Same<FieldsIn<"Hi {name}, see you {day} at {time}.">, "name" | "day" | "time">>,
  IsTrue<Same<FieldsIn<"{name} and {name}">, "name">>,
  IsTrue<Same<FieldsIn<"">, never>>,
  IsTrue<Same<FieldsIn<"no fields">, never>>,
  IsTrue<Same<FieldsIn<"{{name}} }} {{">, never>>,
  IsTrue<Same<FieldsIn<"{{{name}}}{day}">, "name" | "day">>,
  IsTrue<Same<FieldsIn<"{First name}">, "First name">>,
  IsTrue<Same<FieldsIn<"{a}" | "{b}">, "a" | "b">>,
  // What is not known word for word can have any field.
  IsTrue<Same<FieldsIn<string>, string>>,
  IsTrue<Same<FieldsIn<`Hi {name} ${string}`>, string>>,
];

const reminder = template("Hi {name}, see you {day}.");

export const given: MessageTemplate<"name" | "day"> = reminder;
export const any: MessageTemplate = reminder;
export const texts: string[] = [
  reminder.text({ name: "Ann", day: 3 }),
  template(String(reminder)).text({ anything: "goes" }),
  // @ts-expect-error -- `day` is missing.
  reminder.text({ name: "Ann" }),
  // @ts-expect-error -- no value at all.
  reminder.text({ name: "Ann", day: undefined }),
];
