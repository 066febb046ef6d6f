import { describe, expect, it } from "vitest";

import { isSender, senderKind } from "../../src/phone-numbers/sender.js";

describe("senderKind", () => {
  it.each([
    ...["+18005551234", "+18335551234", "+18445551234", "+18555551234", "+18665551234", "+18775551234"].map(
      tollFree,
    ),
    tollFree("+18885551234"),
    ["+18225551234", "long-code"], // reserved, not in service
    ["+14255550123", "long-code"],
    ["+448005551234", "long-code"],
    ["+1800555123", "long-code"],
    ["12345", "short-code"],
    ["123456", "short-code"],
    ["Contoso", "alphanumeric"],
    ["CONTOSO 24", "alphanumeric"],
    ["A+B-C_D&E", "alphanumeric"],
    ["1234A", "alphanumeric"],
    ["ABCDEFGHIJK", "alphanumeric"],
  ] as const)("%s is %s", (from, kind) => {
    expect(senderKind(from)).toBe(kind);
    expect(isSender(from)).toBe(true);
  });

  it.each([
    "",
    " ",
    "1234",
    "1234567",
    "14255550123",
    "+1",
    "ABCDEFGHIJKL",
    "Café",
    "A.B",
    "a\nb",
    "+-_&",
    "*",
    "+12345",
  ])("%j has the form of no sender", (from) => {
    expect(senderKind(from)).toBeUndefined();
    expect(isSender(from)).toBe(false);
  });

  it("takes nothing but strings", () => {
    // @ts-expect-error: not a string
    expect(isSender(["12345"])).toBe(false);
  });
});

function tollFree(from: string): readonly [string, "toll-free"] {
  return [from, "toll-free"];
}
