import { describe, expect, test } from "vitest";

import { campaignDetails } from "../../src/cli/output/campaign-progress.js";
import { Console } from "../../src/cli/output/console.js";
import { duration } from "../../src/cli/output/duration.js";
import { startProgress } from "../../src/cli/output/progress.js";
import { progressBar, progressLine } from "../../src/cli/output/progress-bar.js";
import { fakeEnvironment, FakeScreen } from "./command-line.js";

const half = { what: "Importing", done: 500_000, total: 1_000_000, seconds: 12.3 };

describe("the bar", () => {
  test("shows how far it is", () => {
    expect(progressBar(half, 100)).toBe(
      "[###############---------------] Importing: 500,000 of 1,000,000 (50 %), 12 s",
    );
  });

  test.for([20, 40, 60, 61, 79, 80, 200])("fits into %i columns", (width) => {
    expect(progressBar(half, width).length).toBeLessThan(width);
  });

  test("does without a total, and with one that was too small", () => {
    expect(progressBar({ ...half, total: undefined }, 100)).toBe("Importing: 500,000, 12 s");
    expect(progressBar({ ...half, total: 400_000 }, 100)).toContain("[##############################]");
    expect(progressLine({ ...half, done: 0, total: 0 })).toBe("Importing: 0 of 0 (100 %), 12 s");
  });
});

describe("what there is to say beside", () => {
  const details = ["3 min left", "480,000 accepted", "1,200 failed", "12,000 a minute"];

  test("takes the place of the time, as far as there is room", () => {
    const line = "Importing: 500,000 of 1,000,000 (50 %), 3 min left, 480,000 accepted, 1,200 failed";
    expect(progressLine({ ...half, details })).toBe(`${line}, 12,000 a minute`);
    expect(progressBar({ ...half, details }, 92)).toBe(line);
    expect(progressBar({ ...half, details }, 115)).toBe(`[######------] ${line}, 12,000 a minute`);
    expect(progressBar({ ...half, details }, 60)).toBe(line.slice(0, 50));
    expect(progressBar({ ...half, details, total: undefined }, 30)).toBe("Importing: 500,000");
  });

  test.for([10, 20, 40, 61, 79, 80, 100, 200])("fits into %i columns", (width) => {
    expect(progressBar({ ...half, details }, width).length).toBeLessThan(width);
  });
});

describe("a campaign's progress", () => {
  const totals = {
    accepted: 0,
    rejected: 0,
    suppressed: 0,
    invalid: 0,
    duplicate: 0,
    expired: 0,
    unknown: 0,
  };
  const progress = { totals, results: 0, earlier: 0, acceptedPerMinute: 0, elapsedInMs: 0 };

  test("says what has come of it, and how long the rest takes", () => {
    expect(campaignDetails(progress, 1000)).toEqual(["0 accepted"]);
    const all = { ...totals, accepted: 400, rejected: 2, unknown: 3, suppressed: 45, duplicate: 50 };
    const later = { ...progress, totals: all, results: 500, acceptedPerMinute: 200 };
    // Of 500 more, 400 will be texted.
    expect(campaignDetails(later, 1000)).toEqual([
      "2 min left",
      "400 accepted",
      "5 failed",
      "45 suppressed",
      "200 a minute",
    ]);
    expect(campaignDetails(later, undefined)[0]).toBe("400 accepted");
    expect(campaignDetails(later, 400)[0]).toBe("0 s left");
  });

  test.for([
    [0, "0 s"],
    [89_400, "89 s"],
    [90_000, "2 min"],
    [3_570_000, "1 h"],
    [3_600_000, "1 h"],
    [7_500_000, "2 h 5 min"],
    [86_400_000 * 3 + 60_000, "3 d"],
    [86_400_000 + 3_600_000 * 5, "1 d 5 h"],
  ] as const)("%i ms are %s", ([inMs, words]) => {
    expect(duration(inMs)).toBe(words);
  });
});

describe("progress", () => {
  /** Ten steps of a second each, as they are seen. */
  function shown(screen: FakeScreen, variables: Record<string, string> = {}, isQuiet = false): string {
    let seconds = 0;
    const now = (): Date => new Date(seconds * 1000);
    const console = new Console(fakeEnvironment({ stderr: screen, variables, now }));
    using progress = startProgress("Importing", console, isQuiet);
    for (; seconds < 10; seconds++) progress.update(seconds, 10);
    return screen.text;
  }

  test("is a bar on a terminal, drawn over and erased at the end", async () => {
    const screen = new FakeScreen({ isTTY: true, columns: 50 });
    shown(screen);
    const frames = screen.text.split("\r\u001b[2K");
    expect(frames).toHaveLength(12);
    expect(frames[10]).toContain("Importing: 9 of 10 (90 %), 9 s");
    expect(frames[11]).toBe("");
    expect(screen.text).not.toContain("\n");
  });

  test("is a line every five seconds elsewhere", () => {
    expect(shown(new FakeScreen())).toBe("Importing: 5 of 10 (50 %), 5 s\n");
  });

  test.for([{ CI: "true" }, { TERM: "dumb" }])("is such a line on a terminal with %o", (variables) => {
    expect(shown(new FakeScreen({ isTTY: true }), variables)).toBe("Importing: 5 of 10 (50 %), 5 s\n");
  });

  test("is nothing where it is not wanted", () => {
    expect(shown(new FakeScreen({ isTTY: true }), {}, true)).toBe("");
  });
});
