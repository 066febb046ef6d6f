import { format, inspect } from "node:util";

import { wrong } from "./wrong.js";

/** What may not show, by the name under which it is reported. */
export type Secrets = Readonly<Record<string, string>>;

/** A call whose rejections are looked at. */
type Method = (this: unknown, ...args: unknown[]) => unknown;

/** More values than any error of ours holds; one that reaches further holds something it should not. */
const mostValues = 50_000;

/** Looks for secrets in log lines and errors, and keeps what it found until it is asked. */
export class LeakWatch {
  readonly #secrets: readonly (readonly [name: string, secret: string])[];
  readonly #leaks: string[] = [];
  readonly #during: () => string;

  /** @param during - Names what goes on, for the report. */
  constructor(secrets: Secrets, during = (): string => "") {
    this.#secrets = Object.entries(secrets).map(([name, secret]) => [name, secret.toLowerCase()]);
    this.#during = during;
  }

  /** Looks at what goes to a log, as `console.log` would write it. */
  line(where: string, ...args: unknown[]): void {
    this.#look(where, [format(...args)]);
  }

  /** Looks at all that a logger, or a person with a debugger, can find in an error. */
  error(where: string, error: unknown): void {
    try {
      this.#look(where, textsOf(error));
    } catch (problem) {
      this.#report(`${where} could not be looked at: ${String(problem)}`);
    }
  }

  /** Looks at the errors inside the results of a send, whose other fields hold phone numbers by design. */
  results(where: string, value: unknown): void {
    for (const error of new Set(errorsOf(value))) this.error(where, error);
  }

  /** What was found since the last time. */
  drain(): string[] {
    return this.#leaks.splice(0);
  }

  /** Wraps every method of a class, so that whatever one of its promises rejects with is looked at. */
  observe(name: string, prototype: object): void {
    for (const key of Object.getOwnPropertyNames(prototype)) {
      const method: unknown = Object.getOwnPropertyDescriptor(prototype, key)?.value;
      if (key === "constructor" || typeof method !== "function") continue;
      Object.defineProperty(prototype, key, { value: this.#wrapped(`${name}.${key}`, wrong(method)) });
    }
  }

  #wrapped(where: string, method: Method): Method {
    const observed = async (result: Promise<unknown>): Promise<unknown> => {
      try {
        const value = await result;
        this.results(where, value);
        return value;
      } catch (error) {
        this.error(where, error);
        throw error;
      }
    };
    return function (...args) {
      const result = method.apply(this, args);
      return result instanceof Promise ? observed(result) : result;
    };
  }

  #look(where: string, texts: readonly string[]): void {
    const text = texts.join("\n").toLowerCase();
    for (const [name, secret] of this.#secrets) {
      if (text.includes(secret)) this.#report(`${where} shows the ${name}: ${around(text, secret)}`);
    }
  }

  #report(leak: string): void {
    this.#leaks.push(`${leak} ${this.#during()}`.trim());
  }
}

/** What a logger writes of an error, and all that it could. */
function textsOf(error: unknown): string[] {
  return [inspect(error, { depth: Infinity }), asJson(error), ...textsWithin(error)];
}

function errorsOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) =>
    typeof item === "object" && item !== null && "error" in item ? [item.error] : [],
  );
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

/** Every text that can be reached through properties, hidden ones too; of an error's `results` their errors alone. */
function textsWithin(root: unknown): string[] {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "string" || typeof value === "number" || typeof value === "bigint")
      texts.push(String(value));
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (seen.size > mostValues)
      throw new Error("an error from which more can be reached than can be looked at");
    if (ArrayBuffer.isView(value))
      texts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString());
    else open.push(...valuesOf(value, texts));
  }
  return texts;
}

function valuesOf(value: object, names: string[]): unknown[] {
  const values: unknown[] = value instanceof Map || value instanceof Set ? [...value].flat() : [];
  for (const key of Reflect.ownKeys(value)) {
    names.push(String(key));
    const member: unknown = Reflect.get(value, key);
    if (value instanceof Error && key === "results") values.push(...errorsOf(member));
    else values.push(member);
  }
  return values;
}

function around(text: string, secret: string): string {
  const at = text.indexOf(secret);
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + secret.length + 20));
}
