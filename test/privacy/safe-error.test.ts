import { inspect } from "node:util";
import { createHttpHeaders, createPipelineRequest, RestError } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";

import { redact, safeError } from "../../src/privacy/safe-error.js";
import { canary } from "../support/canary.js";
import { LeakWatch } from "../support/leak-watch.js";

const [number] = canary.numbers;
const masked = "+***0123";
const { text } = canary;

/** Where a secret or a number shows in what is passed on; empty where nothing does. */
function leaksOf(error: unknown, secret: string = number.slice(1)): string[] {
  const watch = new LeakWatch({ secret });
  watch.error("the error", error);
  return watch.drain();
}

describe("redact", () => {
  it("masks phone numbers and takes secrets out, wherever they stand", () => {
    expect(redact(`${text} to ${number}, ${text}`, [text])).toBe(`[redacted] to ${masked}, [redacted]`);
  });

  it("takes a secret for what it is, and not for a pattern", () => {
    expect(redact("axb (a.b) $&", ["a.b", "$&$&"])).toBe("axb (a.b) $&");
    expect(redact("it is a.b. or", ["a.b."])).toBe("it is [redacted] or");
  });

  it("takes out all of a secret that begins with another one", () => {
    expect(redact("Hello Ada, your code is 55", ["Hello", "Hello Ada, your code is 55"])).toBe("[redacted]");
  });

  it.each(["", "a", "Hi", "Yes"])("leaves %j alone, which is no secret by itself", (secret) => {
    expect(redact("A Yes to Hi there", [secret])).toBe("A Yes to Hi there");
  });

  it("takes a secret of four characters out", () => {
    expect(redact("the code is 1234!", ["1234"])).toBe("the code is [redacted]!");
  });
});

describe("an error with nothing private in it", () => {
  it.each<[string, Error]>([
    ["a plain one", new Error("connection lost")],
    ["one of a class of its own", new SyntaxError("unexpected token")],
    [
      "one with a code and causes",
      Object.assign(withCause(new Error("b", { cause: new Error("c") })), { code: "E1" }),
    ],
    [
      "one with objects",
      Object.assign(new Error("a"), { detail: { table: "opt_outs", rows: [1, 2, 3] }, port: 5432 }),
    ],
    ["one that causes itself", selfCaused("a")],
    ["one with a short secret", new Error("Hi there")],
    ["an aggregate", new AggregateError([new Error("b"), new Error("c")], "a")],
  ])("passes as it is: %s", (_name, error) => {
    expect(safeError(error, ["Hi", text])).toBe(error);
  });
});

describe("an error with a phone number in it", () => {
  const details = (value: unknown): Error => Object.assign(new Error("failed"), { value });
  const hidden = (value: unknown): Error => Object.defineProperty(new Error("failed"), "value", { value });
  const places: readonly (readonly [string, (secret: string) => Error])[] = [
    ["the message", (secret) => new Error(`no row for ${secret}`)],
    [
      "the stack",
      (secret) => Object.assign(new Error("failed"), { stack: `Error: ${secret}\n    at x.js:1:2` }),
    ],
    ["the name", (secret) => Object.assign(new Error("failed"), { name: `${secret}Error` })],
    ["a property", details],
    ["a hidden property", hidden],
    [
      "a property under a symbol",
      (secret) => Object.assign(new Error("failed"), { [Symbol("query")]: secret }),
    ],
    ["a property's name", (secret) => details({ [secret]: 1 })],
    ["a nested property", (secret) => details({ query: { parameters: [[secret]] } })],
    [
      "a hidden nested property",
      (secret) => details(Object.defineProperty({}, "x", { value: { y: secret } })),
    ],
    ["a list of hundreds", (secret) => details([...Array.from({ length: 500 }, String), secret])],
    ["a long text", (secret) => details("x".repeat(50_000) + secret)],
    ["a map", (secret) => details(new Map([["to", new Set([secret])]]))],
    ["a map's keys", (secret) => details(new Map([[secret, 1]]))],
    ["its cause", (secret) => withCause(new Error(secret))],
    ["its cause's cause", (secret) => withCause(withCause(details(secret)))],
    ["a cause that is no error", (secret) => withCause(secret)],
    ["a cause that is an object", (secret) => withCause({ secret })],
    ["one of several errors", (secret) => new AggregateError([new Error("b"), details(secret)], "failed")],
    ["an error that causes itself", selfCaused],
    ["its code", (secret) => Object.assign(new Error("failed"), { code: secret })],
    ["its status", (secret) => Object.assign(new Error("failed"), { statusCode: `for ${secret}` })],
  ];

  it.each(places)("in %s", (_name, make) => {
    const error = make(number);
    expect(leaksOf(error)).not.toEqual([]);
    const safe = safeError(error);
    expect(safe).not.toBe(error);
    expect(safe).toBeInstanceOf(Error);
    expect(leaksOf(safe)).toEqual([]);
  });

  it.each(places)("or a secret in %s", (_name, make) => {
    const error = make(text);
    expect(leaksOf(error, text)).not.toEqual([]);
    expect(leaksOf(safeError(error, ["other secret", text]), text)).toEqual([]);
  });

  it("in a code that is a number", () => {
    const safe = safeError(Object.assign(new Error("failed"), { code: Number(number), errno: -111 }));
    expect(leaksOf(safe)).toEqual([]);
    expect(safe).toMatchObject({ errno: -111 });
  });

  it("in an object that prints as nothing", () => {
    const error = details({ number, [inspect.custom]: () => "nothing" });
    expect(leaksOf(safeError(error))).toEqual([]);
  });

  it("in the request of a RestError", () => {
    expect(leaksOf(safeError(restError(number)))).toEqual([]);
  });

  it("in a property nested deeply", () => {
    const error = details({ a: { b: { c: { d: { e: { f: { g: number } } } } } } });
    expect(leaksOf(safeError(error))).toEqual([]);
  });

  it("or a secret of several lines in a property", () => {
    const secret = `two lines\nand a 'quote'`;
    expect(leaksOf(safeError(details([secret]), [secret]), secret)).toEqual([]);
  });

  it("keeps what callers branch on, and leaves all else behind", () => {
    const error = Object.assign(
      new RangeError(`no row for ${number}`, { cause: new Error(`at ${number}`) }),
      {
        code: "XX000",
        statusCode: 404,
        errno: -111,
        syscall: "connect",
        parameters: [number],
        address: "10.0.0.1",
      },
    );
    const safe = safeError(error);
    expect(safe).toMatchObject({ code: "XX000", statusCode: 404, errno: -111, syscall: "connect" });
    expect(safe).toMatchObject({
      name: "RangeError",
      message: `no row for ${masked}`,
      cause: { message: `at ${masked}` },
    });
    expect(safe).not.toHaveProperty("parameters");
    expect(safe).not.toHaveProperty("address");
    expect(safe.stack).toContain(`no row for ${masked}`);
    expect(safe.stack).toContain("safe-error.test.ts");
  });

  it("leaves the error itself as it was", () => {
    const error = withCause(new Error(number));
    safeError(error);
    expect(error).toMatchObject({ cause: { message: number } });
  });
});

describe("an error that is not as errors are", () => {
  class Failure extends Error {
    readonly #said: unknown;
    constructor(said: unknown) {
      super();
      this.#said = said;
    }
    override get message(): string {
      return typeof this.#said === "string" ? this.#said : fail();
    }
  }
  const detached = new Uint8Array(8);
  structuredClone(detached, { transfer: [detached.buffer] });

  it.each<[string, Error, string]>([
    ["a class that declares its message", withProperty("message", undefined), ""],
    ["a message that is none", withProperty("message", { for: number }), ""],
    ["a name that is none", withProperty("name", Symbol("why")), "failed"],
    ["a stack that is a list", withProperty("stack", [number]), "failed"],
    ["a message in a getter", new Failure(`for ${number}`), `for ${masked}`],
    ["a message that cannot be had", new Failure(undefined), ""],
    ["bytes that are gone", withProperty("body", detached), "failed"],
  ])("becomes one that is: %s", (_name, error, message) => {
    const safe = safeError(error);
    expect(safe).toMatchObject({ message, name: "Error", stack: expect.any(String) });
    expect(leaksOf(safe)).toEqual([]);
  });

  function withProperty(name: string, value: unknown): Error {
    return Object.defineProperty(Object.assign(new Error("failed"), { number }), name, { value });
  }
});

describe("what is no error", () => {
  it.each<[unknown, string]>([
    [`no row for ${number}`, `no row for ${masked}`],
    [`about ${text}`, "about [redacted]"],
    [undefined, "undefined"],
    [null, "null"],
    [404, "404"],
    [Symbol("why"), "Symbol(why)"],
  ])("becomes one: %o", (thrown, message) => {
    const safe = safeError(thrown, [text]);
    expect(safe).toBeInstanceOf(Error);
    expect(safe.message).toBe(message);
    expect([...leaksOf(safe), ...leaksOf(safe, text)]).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["an object", { number }],
    ["an object without a prototype", Object.assign(Object.create(null), { number })],
    ["an object whose text is private", { toString: () => number }],
    ["an object whose text cannot be had", { toString: () => fail() }],
    ["a function", () => number],
  ])("becomes one without its content: %s", (_name, thrown) => {
    const safe = safeError(thrown);
    expect(safe).toBeInstanceOf(Error);
    expect(leaksOf(safe)).toEqual([]);
  });
});

function withCause(cause: unknown): Error {
  return new Error("failed", { cause });
}

function selfCaused(message: string): Error {
  const [error, other] = [new Error(message), new Error("other")];
  error.cause = other;
  other.cause = error;
  return error;
}

function restError(body: string): RestError {
  const headers = createHttpHeaders();
  return new RestError("failed", {
    request: createPipelineRequest({ url: "https://x.test", method: "POST", headers, body }),
  });
}

function fail(): never {
  throw new Error("no text");
}
