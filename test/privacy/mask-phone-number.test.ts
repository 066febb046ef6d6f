import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { maskPhoneNumber, maskPhoneNumbers } from "../../src/privacy/mask-phone-number.js";

describe("maskPhoneNumber", () => {
  it.each([
    ["+14255550123", "+***0123"],
    ["14255550123", "***0123"],
    ["(425) 555-0123", "***0123"],
    ["+1 425 555 0123", "+***0123"],
    ["＋１４２５５５５０１２３", "+***０１２３"],
    ["12345", "***45"],
    ["1", "***"],
    ["Contoso", "***"],
    ["", "***"],
  ])("makes %j into %j", (number, masked) => {
    expect(maskPhoneNumber(number)).toBe(masked);
  });

  it("never throws", () => {
    // @ts-expect-error: not a string
    expect(maskPhoneNumber(undefined)).toBe("***");
  });
});

describe("maskPhoneNumbers", () => {
  it.each([
    ["No route to +14255550123.", "No route to +***0123."],
    ["to=14255550123&x=1", "to=***0123&x=1"],
    ["to=%2B14255550123", "to=%2B***0123"],
    ['{"to":["+14255550123","+442079460958"]}', '{"to":["+***0123","+***0958"]}'],
    ["call (425) 555-0123 now", "call ***0123 now"],
    ["call +1 (425) 555-0123, please", "call +***0123, please"],
    ["425.555.0123", "***0123"],
    ["+1.425.555.0123", "+***0123"],
    ["+33 1.23.45.67.89", "+***6789"],
    ["12.34.56.78", "***5678"],
    ["+1 425 555 0123", "+***0123"],
    ["+1‑425‑555‑0123", "+***0123"],
    ["5550123", "***123"],
    ["\u202a+1 425\u200b 555 0123\u202c", "\u202a+***0123\u202c"],
    ["＋１４２５５５５０１２３!", "+***０１２３!"],
    ["1234\n5678", "1234\n5678"],
    ["tel:+14255550123;ext=5", "tel:+***0123;ext=5"],
    ["a100000000000000", "a***0000"],
    ["2026-11-23 +14255550123", "2026-11-23 +***0123"],
    ["user14255550123@example.com", "user***0123@example.com"],
  ])("masks in %j", (text, masked) => {
    expect(maskPhoneNumbers(text)).toBe(masked);
  });

  it.each([
    "2026-11-23T04:00:00.000Z",
    "at 2026-11-23 04:00:00.123 +0100",
    "pid 4242 2026-11-23T04:00:00Z",
    "does not support the API version '2025-05-29-preview'",
    "20261123T040000Z",
    "Mon, 23 Nov 2026 04:00:00 GMT",
    "connect ECONNREFUSED 127.0.0.1:10002",
    "192.168.100.200:8080, 10.0.0.12, 255.255.255.255",
    "12.34.56.78:443",
    "123e4567-e89b-12d3-a456-426614174000",
    "12345678-1234-1234-1234-123456789012",
    "Outgoing_20250604132229420f2f85-4e9d-4496-bda1-1e43ec2cf59a_prod_nam",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-4bf92f35777777777ce929d0e0e47360-00f067999b99ab97-01",
    "at send (file:///app/node_modules/x/index.js:1234:56)",
    "123456 items, 4007, v24.21.0",
    "12345678901234567890",
    "STOP 12345",
    "",
  ])("leaves %j", (text) => {
    expect(maskPhoneNumbers(text)).toBe(text);
  });

  it("leaves no E.164 number whole, wherever it stands between ordinary words", () => {
    const number = fc
      .tuple(fc.constantFrom("+", ""), fc.bigInt(10n ** 9n, 10n ** 15n - 1n))
      .map(([plus, digits]) => plus + digits);
    const around = fc.string({
      unit: fc.constantFrom(...Array.from("abcxyz :,;=\"'/?&%{}[]<>\n😀")),
      maxLength: 20,
    });
    fc.assert(
      fc.property(around, number, around, (before, number, after) => {
        const masked = maskPhoneNumbers(before + number + after);
        expect(masked).not.toContain(number.slice(-7));
        expect(masked.startsWith(before)).toBe(true);
        expect(masked.endsWith(number.slice(-4) + after)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("changes nothing the second time", () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from("+0123456789012345678 -.()abT:")),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, (text) => {
        const once = maskPhoneNumbers(text);
        expect(maskPhoneNumbers(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it("takes time in proportion to the text, whatever it is made of", () => {
    const hostile = [
      "1",
      "1.",
      "12 34  .x",
      "+((",
      "a1",
      "12345678-1234-",
      "2026-11-23 ",
      "1.1.1.1",
      "123456   -",
    ];
    for (const piece of hostile) {
      // Were it quadratic, this would take minutes, and the test would run out of time.
      expect(maskPhoneNumbers(piece.repeat(200_000 / piece.length))).toBeTypeOf("string");
    }
  });
});
