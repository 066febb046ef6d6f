import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { template } from "../../../src/campaigns/message/template.js";
import { isSmsError } from "../../../src/errors/sms-error.js";
import { canary, leakWatch } from "../../support/canary.js";
import { wrong } from "../../support/wrong.js";

const names = fc.constantFrom("name", "day", "First name", "prénom", "_x", "toString", "constructor", "a1");
const texts = fc.string({ unit: fc.constantFrom(..."ab {}$&\n".split(""), "🎉"), maxLength: 8 });
const values = fc.oneof(
  texts.map((text) => `v${text}`),
  fc.integer(),
  fc.constantFrom("{name}", "{{day}}"),
);

/** A text as a template has it. */
function escaped(text: string): string {
  return text.replaceAll(/[{}]/g, "$&$&");
}

/** What a call throws, looked at for leaks. */
function thrown(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    leakWatch.error("the template", error);
    if (error instanceof Error) return error;
  }
  throw new Error("expected an error");
}

describe("a template", () => {
  it("knows its fields, each once, and inserts them", () => {
    const reminder = template("Hi {name}, see you {day} at {time}. Bye {name}!");
    expect(reminder.fields).toEqual(["name", "day", "time"]);
    const text = reminder.text({ name: "Ann", day: "Monday", time: 10 });
    expect(text).toBe("Hi Ann, see you Monday at 10. Bye Ann!");
    expect(String(reminder)).toBe("Hi {name}, see you {day} at {time}. Bye {name}!");
  });

  it("is each of its texts and values, word for word, and no value twice", () => {
    const piece = fc.oneof(texts, fc.record({ name: names, value: values }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const given = new Map<string, string | number>();
        for (const piece of pieces) if (typeof piece !== "string") given.set(piece.name, piece.value);
        const source = pieces.map((piece) =>
          typeof piece === "string" ? escaped(piece) : `{${piece.name}}`,
        );
        const whole = pieces.map((piece) => (typeof piece === "string" ? piece : given.get(piece.name)));
        const made = template(source.join(""));
        expect(made.text(Object.fromEntries(given))).toBe(whole.join(""));
        expect(made.fields).toEqual([...given.keys()]);
        expect(made.toString()).toBe(source.join(""));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["{{name}}", "{name}"],
    ["{{{name}}}", "{Ann}"],
    ["}}{{", "}{"],
    ["", ""],
  ])("reads doubled braces as characters: %j", (source, text) => {
    expect(template(source).text({ name: "Ann" })).toBe(text);
  });

  it.each([
    ["{ ", "a brace that is never closed at character 1"],
    ["Hi {name, bye", "a brace that is never closed at character 4"],
    ["Hi {{{name}}", "a closing brace without an opening one at character 12"],
    ["Hi {a{b}", "a brace that is never closed at character 4"],
    ["Hi }", "a closing brace without an opening one at character 4"],
    ["Hi {}", "empty braces at character 4"],
    ["Hi { name }", "braces with something else than a name in them at character 4"],
    ["Hi {na\nme}", "braces with something else than a name"],
    ["Hi {name!}", "braces with something else than a name"],
    ["Hi {1}", "braces with something else than a name"],
    ["Hi {$name}", "braces with something else than a name"],
  ])("refuses %j", (source, message) => {
    const error = thrown(() => template(source));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(message);
  });

  it("shows nothing of a text that it refuses", () => {
    thrown(() => template(`${canary.text} {${canary.numbers[0]}}`));
    expect(thrown(() => template(wrong<string>(3))).message).toContain("Expected `text` to be a string");
  });

  it("says which fields a list does not have", () => {
    const reminder = template("{name} {day} {toString}");
    expect(reminder.missingFields(["day", "phone"])).toEqual(["name", "toString"]);
    expect(reminder.missingFields(Object.keys({ name: "", day: "", toString: "" }))).toEqual([]);
  });
});

describe("a missing field", () => {
  it.each([
    ["absent", {}],
    ["undefined", { name: undefined }],
    ["null", { name: null }],
    ["empty", { name: "" }],
    ["blank", { name: " \u00a0\t" }],
    ["inherited", Object.create({ name: "Ann" })],
  ])("is named, where it is %s", (_, values) => {
    const error = thrown(() => template("Hi {name}").text(wrong(values)));
    expect(isSmsError(error, "missing-field")).toBe(true);
    expect(error.message).toBe("The message needs the field `name`, and this recipient has none.");
  });

  it("is also one that every object has", () => {
    expect(
      isSmsError(
        thrown(() => template("Hi {toString}").text(wrong({}))),
        "missing-field",
      ),
    ).toBe(true);
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [true], [{}], [[canary.text]], [() => canary.text]])(
    "is not a value that is no text: %o",
    (value) => {
      const error = thrown(() => template("Hi {First name}").text({ "First name": wrong(value) }));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain('Expected `values["First name"]` to be a string or a finite number');
    },
  );

  it("takes 0 for a value, and nothing for values", () => {
    expect(template("{count} left").text({ count: 0 })).toBe("0 left");
    expect(thrown(() => template("{a}").text(wrong(null))).message).toContain("Expected `values`");
  });
});
