import { beforeAll, describe, expect, test } from "vitest";

import { readJson, root } from "../../scripts/run.js";
import { commands } from "../../src/cli/commands.js";
import { requireBuild } from "../support/require-build.js";
import { acsSms, runHere } from "./command-line.js";

beforeAll(requireBuild);

describe("the command line", () => {
  test("says its version", async () => {
    const { version } = readJson(`${root}/package.json`);
    expect(await acsSms(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("lists its commands and exit codes", async () => {
    const { code, stdout, stderr } = await acsSms(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name, summary } of commands) {
      expect(stdout).toContain(`  ${name} `);
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(summary);
    }
    expect(stdout).toContain("  3    done, but not for all");
  });

  test.for([
    ["nothing", [], 2, "Which command?"],
    ["a group alone", ["suppression"], 2, "suppression check"],
    ["an unknown command", ["sned"], 2, "Did you mean send?"],
    ["an unknown command of a group", ["suppression", "lst"], 2, "Did you mean suppression list?"],
    ["a mistaken group", ["supression", "check"], 2, "Did you mean suppression check?"],
    ["something quite different", ["frobnicate"], 2, "There is no command “frobnicate”. acs-sms --help"],
    ["an unknown option", ["segments", "--jsn"], 2, "There is no option --jsn. Did you mean --json?"],
    [
      "an option that is far from any",
      ["segments", "--frobnicate=1"],
      2,
      "There is no option --frobnicate.\n",
    ],
    ["an option without its value", ["send", "--from"], 2, "Option '--from <value>' argument missing."],
    ["an option that is needed", ["send"], 2, "--from <sender> is needed."],
    ["an argument too many", ["segments", "a", "b"], 2, "2 arguments were given where at most 1 is taken."],
    ["an argument where none is taken", ["doctor", "a"], 2, "1 arguments were given where none is taken."],
  ] as const)("answers %s", async ([, args, code, words]) => {
    const ended = await runHere(args);
    expect(ended).toMatchObject({ code, stdout: "" });
    expect(ended.stderr).toContain(words);
  });

  test("shows a number in no complaint", async () => {
    const { stderr } = await runHere(["+14255550123", "check"]);
    expect(stderr).toContain("+***0123");
  });

  test("helps with a group, wherever --help is", async () => {
    const { code, stdout } = await runHere(["help", "suppression"]);
    expect(code).toBe(0);
    expect(stdout).toContain("suppression history");
    expect(stdout).not.toContain("  segments");
    expect(await runHere(["suppression", "--help"])).toEqual({ code, stdout, stderr: "" });
  });

  test("takes --help after -- for an argument", async () => {
    const { stdout } = await runHere(["segments", "--", "--help"]);
    expect(stdout).toContain("units     6;");
  });
});

describe("the help of a command", () => {
  test("looks like this", async () => {
    const { stdout } = await runHere(["segments", "--help"]);
    expect(stdout).toBe(`\
Counts the segments of a text, and points out what makes it longer.

Usage: acs-sms segments [options] [<text> | -]

Without a text, or with -, it is read from standard input; a line break at its very end does not
count. One character outside the GSM-7 alphabet takes the whole text to UCS-2, where a segment holds
70 units instead of 160.

Options:
  --json     Print JSON, for programs.
  --verbose  Say more about an unexpected error.
  --help     Show this help.

Examples:
  acs-sms segments "Your table for 2 is ready 🎉"
  acs-sms segments --json < message.txt

Exit codes:
  0    done
  1    failed; standard error says why
  2    the command line is wrong, and nothing was done
  3    done, but not for all: somebody was left out (suppressed, no phone number, refused, unknown)
  130  ended by Ctrl-C (143: by SIGTERM)
`);
  });

  test.for(commands.map(({ name }) => name))("%s has one", async (name) => {
    const { code, stdout } = await runHere([...name.split(" "), "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: acs-sms ${name}`);
    expect(stdout).not.toMatch(/undefined|NaN/);
  });
});
