import { describe, expect, test } from "vitest";

import { Console } from "../../src/cli/output/console.js";
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
