import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { keyOf } from "../../../src/stores/azure-tables/keys.js";
import { canary } from "../../support/canary.js";

describe("a key", () => {
  it("is the text itself where that is plain", () => {
    for (const text of [canary.numbers[0], "12345", "CONTOSO", "*", "confirmation:Incoming_2026-11-24.a"])
      expect(keyOf(text)).toBe(text);
  });

  it("has hexadecimal bytes for whatever is not, and tells them from the same characters", () => {
    expect(keyOf("a/b")).toBe("a=2Fb");
    expect(keyOf("a=2Fb")).toBe("a=3D2Fb");
    expect(keyOf("é 😀'")).toBe("=C3=A9=20=F0=9F=98=80=27");
  });

  it("is short, and one text's alone", () => {
    const texts = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(keyOf(a)).toMatch(/^[\w+*.:=-]{0,200}$/);
        expect(keyOf(a) === keyOf(b)).toBe(a === b);
        expect(keyOf(keyOf(a)) === keyOf(a)).toBe(!keyOf(a).includes("="));
      }),
    );
  });
});
