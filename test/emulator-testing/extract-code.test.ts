import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractCode } from "../../src/emulator/testing/index.js";

describe("extractCode()", () => {
  it.each([
    ["482913", "482913"],
    ["Your code is 4821", "4821"],
    ["Your code: 4821.", "4821"],
    ["1234567890 is your code", "1234567890"],
    ["G-482913 is your Google verification code.", "482913"],
    ["482-913 is your code", "482913"],
    ["Enter 482 913 to log in", "482913"],
    ["Enter 4829-1357 to log in", "48291357"],
    ["Use “0042” to log in", "0042"],
    ["*482913*", "482913"],
    ["Dein Bestätigungscode ist 482913", "482913"],
    ["Tu código es 482913", "482913"],
    ["【Contoso】您的验证码是482913，请勿转发。", "482913"],
    ["인증번호는 482913입니다", "482913"],
    ["482913 is your code.\n\n@contoso.com #482913", "482913"],
    ["<#> Your code: 482913\nFA+9qCX9VSu", "482913"],
  ])("finds the code in %j", (text, code) => {
    expect(extractCode(text)).toBe(code);
  });

  it.each([
    ["an order", "Order 123456: your code is 4821"],
    ["an order in between", "Your code for order 123456 is 4821"],
    ["another order", "Use 4821 for order no. 7730"],
    ["a parcel, by name", "Parcel 7730: PIN 4821"],
    ["a parcel, by what follows", "Parcel 7730: 4821 IS YOUR CODE"],
    ["a parcel in Spanish", "Paquete 7730: tu código es 4821"],
    ["a parcel in Chinese", "包裹7730，验证码为4821"],
    ["a card", "Use 4821 to pay with the card ending in 7730"],
    ["a hidden card", "Use 4821 for **7730"],
    ["a price", "Use 4821 to pay $1200"],
    ["a price with a currency", "Use 4821 to pay 1200 EUR"],
    ["a price after it", "4821. $5 a month"],
    ["thousands", "Use 4821 to pay 120,000 points"],
    ["a year", "Contoso 2026: 4821"],
    ["a date", "On 2026-11-24 use 4821"],
    ["a date without punctuation", "20261124 4821"],
    ["a date in words", "24 November 2026: enter 4821"],
    ["a time", "At 10:30:2026 use 4821"],
    ["a phone number", "4821. Questions? Call +1 425 555 0123"],
    ["a phone number before", "Call +1 425 555 0123. 4821 is for you"],
    ["a phone number in brackets", "4821. Questions? (425) 555-0123"],
    ["a phone number in groups", "4821. Questions? 425 555 0123"],
    ["a local phone number", "4821. Questions? 555-0123"],
    ["a bare phone number", "4821. Questions? 4255550123"],
    ["a short code", "4821. Text STOP to 12345"],
    ["a link", "4821 or https://contoso.com/v/998877"],
    ["a link without a scheme", "4821 or contoso.com/998877"],
    ["an e-mail address", "4821. Questions? team998877@contoso.com"],
    ["a promotion", "Promo code 998877. Your code is 4821"],
    ["a part of a word", "A7730B 4821"],
  ])("prefers it to %s", (_, text) => {
    expect(extractCode(text)).toBe("4821");
  });

  it.each([
    ["2026 is your code", "2026"],
    ["Enter 2026", "2026"],
    ["Your PIN is 4255550123", "4255550123"],
    ["Shipping: 4821", "4821"],
  ])("takes in %j what would otherwise be something else", (text, code) => {
    expect(extractCode(text)).toBe(code);
  });

  it.each([
    [""],
    ["Hello"],
    ["123 is too short"],
    ["12345678901 is too long"],
    ["Pay $4821"],
    ["Pay USD 4821"],
    ["4,821,000.4821"],
    ["+14255550123"],
    ["+49 1512345678"],
    ["(425) 555 0123"],
    ["425 555 0123"],
    ["4111 1111 1111 1111"],
    ["482913@contoso.com"],
    ["http://localhost/482913"],
    ["See https://contoso.com/482913"],
    ["4821 or 7730?"],
    ["The code is 4821. The code is 7730."],
    ["Shipping: 4821, parcel 7730"],
  ])("finds none in %j", (text) => {
    expect(extractCode(text)).toBeUndefined();
  });

  it("takes a message, too", () => {
    expect(extractCode({ message: "Your code is 4821" })).toBe("4821");
    // @ts-expect-error -- A caller without types.
    expect(() => extractCode()).toThrow(
      new TypeError("Expected `message` to be a text or a message, got undefined"),
    );
    // @ts-expect-error -- A caller without types.
    expect(() => extractCode({ text: "4821" })).toThrow(TypeError);
  });

  it("finds any code that the text calls one, whatever else is there", () => {
    const code = fc.stringMatching(/^\d{4,10}$/);
    const named = fc.constantFrom(
      (code: string) => `Your code is ${code}.`,
      (code: string) => `Contoso: ${code} is your verification code.`,
      (code: string) => `PIN: ${code}.`,
      (code: string) => `G-${code} is your code.`,
    );
    const noise = fc.constantFrom(
      "",
      "Valid until 2026-11-24 10:30.",
      "Order 998877!",
      "You pay $1,200.50.",
      "Call +14255550123.",
      "Text STOP to 62233.",
      "https://contoso.com/v?c=998877",
      "See you in 2027!",
    );
    fc.assert(
      fc.property(code, named, noise, noise, (code, named, before, after) => {
        expect(extractCode(`${before} ${named(code)} ${after}`)).toBe(code);
      }),
    );
  });

  it("finds in any text either nothing, or 4 to 10 digits that are there", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.stringMatching(/^[\d $+.:/@a()#-]*$/));
    fc.assert(
      fc.property(text, (text) => {
        const code = extractCode(text);
        expect(code ?? "0000").toMatch(/^\d{4,10}$/);
        expect(text.replaceAll(/\D/g, "")).toContain(code ?? "");
      }),
    );
  });
});
