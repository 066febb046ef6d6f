import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractLink } from "../../src/emulator/testing/index.js";

describe("extractLink()", () => {
  it.each([
    ["https://contoso.com/a?b=c&d=%20#e", "https://contoso.com/a?b=c&d=%20#e"],
    ["Go to https://contoso.com/a.", "https://contoso.com/a"],
    ["Is it http://contoso.com?", "http://contoso.com"],
    ["(see https://contoso.com/a)", "https://contoso.com/a"],
    ["(see https://contoso.com/a_(b)).", "https://contoso.com/a_(b)"],
    ["“https://contoso.com/a”", "https://contoso.com/a"],
    ["<https://contoso.com/a>", "https://contoso.com/a"],
    ["*https://contoso.com/a*…", "https://contoso.com/a"],
    ["https://contoso.com/a/, https://contoso.com/b", "https://contoso.com/a/"],
    ["请点击https://contoso.com/a。谢谢", "https://contoso.com/a"],
    ["HTTPS://contoso.com/A", "HTTPS://contoso.com/A"],
    ["http://127.0.0.1:7071/verify?token=a.b-c_d", "http://127.0.0.1:7071/verify?token=a.b-c_d"],
    ["https://[ is none, https://contoso.com is", "https://contoso.com"],
  ])("finds the link in %j", (text, link) => {
    expect(extractLink(text)).toBe(link);
    expect(extractLink({ message: text })).toBe(link);
  });

  it.each([[""], ["contoso.com/a"], ["ftp://contoso.com"], ["https:// contoso.com"], ["http://..."]])(
    "finds none in %j",
    (text) => {
      expect(extractLink(text)).toBeUndefined();
    },
  );

  it("wants a text", () => {
    // @ts-expect-error -- A caller without types.
    expect(() => extractLink(null)).toThrow(
      new TypeError("Expected `message` to be a text or a message, got null"),
    );
  });

  it("finds any link again, in brackets and at the end of a sentence", () => {
    const link = fc.webUrl({ withQueryParameters: true }).filter((url) => /[a-z\d/]$/i.test(url));
    fc.assert(
      fc.property(link.filter(isBalanced), (link) => {
        expect(extractLink(`Look (${link}).`)).toBe(link);
        expect(extractLink(`Look at ${link}, please!`)).toBe(link);
      }),
    );
  });
});

/** A link with a bracket that it opens and does not close would take the sentence's. */
function isBalanced(link: string): boolean {
  return !/[()]/.test(link);
}
