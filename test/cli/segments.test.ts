import { beforeAll, describe, expect, test } from "vitest";

import { countSegments } from "acs-sms";

import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { acsSms, acsSmsJson } from "./command-line.js";

beforeAll(requireBuild);

describe("acs-sms segments", () => {
  test("counts as the library does", async () => {
    const report = await acsSmsJson(["segments", canary.text]);
    expect(report).toEqual({ ...countSegments(canary.text), outsideGsm7: [] });
  });

  test("points out what is outside GSM-7, once each and where first", async () => {
    const report = await acsSmsJson(["segments", "a “b” c “d” 🎉"]);
    expect(report).toMatchObject({
      encoding: "ucs-2",
      outsideGsm7: [
        { character: "“", codePoint: "U+201C", count: 2, first: 2 },
        { character: "”", codePoint: "U+201D", count: 2, first: 4 },
        { character: "🎉", codePoint: "U+1F389", count: 1, first: 12 },
      ],
    });
  });

  test("shows it to people", async () => {
    const { stdout, code } = await acsSms(["segments", "Ready 🎉\u0007"]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "encoding  ucs-2",
        "segments  1",
        "units     9; 70 in a segment, 61 left in the last",
        "",
        "outside GSM-7:",
        "  🎉      U+1F389  once, first at character 7",
        "  \\u0007  U+0007   once, first at character 8",
        "",
      ].join("\n"),
    );
  });

  test.for([
    ["standard input without an argument", ["segments"]],
    ["standard input for -", ["segments", "-"]],
  ] as const)("reads %s, without its last line break", async ([, args]) => {
    expect(await acsSmsJson(args, { input: "two\r\nlines\r\n" })).toMatchObject({ units: 10 });
  });

  test("takes a text that looks like an option after --", async () => {
    const { stdout } = await acsSms(["segments", "--json", "--", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ units: 6 });
  });
});
