import { createHash } from "node:crypto";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { renderReport } from "../../../src/insights/report/index.js";
import { rowsOf, textOf } from "./reading.js";
import { aprilOfContoso, figuresOf, summaryOf } from "./samples.js";

const figures = figuresOf({ messages: 500 });

/** What was tried on many a page. */
const payloads: readonly string[] = [
  "<script>globalThis.broken = true</script>",
  "</title></style></script><script>globalThis.broken = true</script>",
  `"><img src=x onerror="globalThis.broken = true">`,
  "' onmouseover='globalThis.broken = true' x='",
  "<svg/onload=globalThis.broken=true>",
  "</svg></table></section><iframe srcdoc='<script>parent.broken = true</script>'>",
  "javascript:globalThis.broken=true//",
  "${globalThis.broken = true}`",
  "<!-- -->]]>&lt;b&gt;&#60;i&#62;&amp;",
  "\u0000<\u0000script>\u202Etxet",
  '=HYPERLINK("https://example.com")',
  "<meta http-equiv=refresh content='0;url=https://example.com'>",
  "{{constructor.constructor('globalThis.broken = true')()}}",
];

const anyTag = fc.oneof(
  fc.constantFrom(...payloads),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(fc.constantFrom(...Array.from("<>\"'`&;/=!- abons\\\n\t\r\0")), { maxLength: 40 })
    .map((parts) => parts.join("")),
  fc.tuple(fc.constantFrom(...payloads), fc.constantFrom(...payloads)).map((parts) => parts.join("")),
);

describe("what comes from data", () => {
  it("cannot break out of the page: every element and attribute stays as it was", () => {
    const skeleton = elements(report("a plain tag"));
    expect(skeleton.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(anyTag, (tag) => {
        expect(elements(report(tag))).toEqual(skeleton);
      }),
      { numRuns: 300 },
    );
  });

  it("reads as it was given", () => {
    const words = fc.constantFrom(
      "<b>",
      "&amp;",
      "O'Neil",
      '"sale"',
      "a < b && c > d",
      "`x`",
      "naïve 😀",
      "</td>",
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), (parts) => {
        const tag = parts.join(" ");
        const page = report(tag);
        expect(rowsOf(page, "campaigns")[1]?.[0]).toBe(tag);
        expect(rowsOf(page, "all")[1]?.[0]).toBe(tag);
      }),
    );
  });

  it("cannot break out as a title, a sender, a code or a time zone either", () => {
    const { summary, byTime } = aprilOfContoso();
    for (const payload of payloads) {
      const hostile = {
        ...summaryOf(["sender"], [{ ...figures, key: { sender: payload } }]),
        total: { ...figures, failedByCode: { [payload]: figures.failed } },
      };
      const page = renderReport(hostile, { title: payload });
      const harmless = {
        ...hostile,
        groups: [{ ...figures, key: { sender: "1" } }],
        total: { ...figures, failedByCode: { x: figures.failed } },
      };
      expect(elements(page)).toEqual(elements(renderReport(harmless, { title: "x" })));
      expect(() => renderReport({ ...summary, timeZone: payload })).toThrow(RangeError);
      expect(() => renderReport(byTime, { locale: payload })).toThrow(RangeError);
    }
  });

  it("shows no phone number but a sender's own", () => {
    const tag = "call +1 (425) 555-0123 or 14255550188";
    const groups = [{ ...figures, key: { sender: "+18005551234", tag } }];
    const text = textOf(renderReport(summaryOf(["sender", "tag"], groups)));
    expect(text).toContain("+18005551234");
    expect(text).toContain("call +***0123 or ***0188");
    expect(text).not.toMatch(/555-?01/);
  });
});

describe("the page's policy", () => {
  const { summary, ...rest } = aprilOfContoso();
  const page = renderReport(summary, rest);
  const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];

  it("allows its own style sheet and script by their hashes, and nothing else", () => {
    const hash = (text = ""): string =>
      `&#39;sha256-${createHash("sha256").update(text).digest("base64")}&#39;`;
    const [[, style], [, script], ...others] = [
      ...page.matchAll(/<style>(.*?)<\/style>/gs),
      ...page.matchAll(/<script>(.*?)<\/script>/gs),
    ] as [RegExpExecArray, RegExpExecArray, ...RegExpExecArray[]];
    expect(others).toEqual([]);
    expect(policy.split("; ")).toEqual([
      "default-src &#39;none&#39;",
      `style-src ${hash(style)}`,
      `script-src ${hash(script)}`,
      "base-uri &#39;none&#39;",
      "form-action &#39;none&#39;",
    ]);
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
  });

  it("has nothing to stop: no address, no inline style, no handler", () => {
    expect(page).not.toMatch(/https?:|\/\/|url\(|@import|\s(?:src|href|style|on\w+)=/);
  });
});

function report(tag: string): string {
  return renderReport(summaryOf(["tag"], [{ ...figures, key: { tag } }]), { title: "April" });
}

/** Every piece of markup of a page, with its attributes. */
function elements(page: string): string[] {
  return page.match(/<[^>]*>/g) ?? [];
}
