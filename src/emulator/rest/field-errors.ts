import type { z } from "zod";
import type { FieldErrors } from "./error-answers.js";

/**
 * What zod found, in ASP.NET's words: PascalCase names, one list of messages for each. Whatever is wrong inside a list goes
 * under the list's name, as in the specification's example for a bad recipient (`SmsRecipients`).
 */
export function fieldErrorsOf(error: z.ZodError): FieldErrors {
  const errors: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const messages = (errors[fieldName(path)] ??= []);
    if (!messages.includes(message)) messages.push(message);
  }
  return errors;
}

function fieldName(path: readonly PropertyKey[]): string {
  const index = path.findIndex((key) => typeof key === "number");
  const names = index === -1 ? path : path.slice(0, index);
  return names.length === 0 ? "$" : names.map((name) => pascalCase(String(name))).join(".");
}

function pascalCase(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
