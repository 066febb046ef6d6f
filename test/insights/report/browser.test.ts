import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";

import { renderReport } from "../../../src/insights/report/index.js";
import { root } from "../../../scripts/run.js";
import { browserService } from "../../support/services/browser.js";
import { openDetails, overlappingLabels, spilling, sticksOut } from "./in-page.js";
import { aprilOfContoso, figuresOf, nothing, summaryOf, ungrouped } from "./samples.js";

const folder = await mkdtemp(join(tmpdir(), "acs-sms-report-"));
/** `UPDATE_SCREENSHOTS=true` makes the pictures of the documentation anew; else they are made, and go with the test. */
const pictures = process.env["UPDATE_SCREENSHOTS"] === "true" ? join(root, "docs", "images") : folder;
const file = join(folder, "report.html");
const address = pathToFileURL(file).href;

const browser = await browserService();
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

let problems: string[];
beforeEach(() => (problems = []));
afterEach(async () => {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
  if (problems.length > 0) throw new Error(`The report: ${problems.join("; ")}`);
});

const { summary, ...parts } = aprilOfContoso();
const april = renderReport(summary, { title: "Contoso Dental, April", ...parts });
const wide = { width: 1280, height: 900 };
const small = { width: 360, height: 740 };

/** Opens a report as a file, and notes what it asks for elsewhere and what goes wrong in it. */
async function open(report: string, settings: BrowserContextOptions = {}): Promise<Page> {
  if (browser === undefined) throw new TypeError("No browser.");
  const page = await (await browser.newContext({ viewport: wide, ...settings })).newPage();
  page.on("request", (request) => {
    if (request.url() !== address) problems.push(`asked for ${request.url()}`);
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => problems.push(message.text()));
  await writeFile(file, report);
  await page.goto(address);
  return page;
}

describe.skipIf(browser === undefined)("the report in a browser", { timeout: 60_000 }, () => {
  it("asks for nothing, also while it is used", async () => {
    const page = await open(april);
    await page.getByText("These figures as a table").first().click();
    await page
      .getByRole("cell", { name: "Thu 16 Apr" })
      .or(page.getByRole("rowheader", { name: "Thu 16 Apr" }))
      .waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate("performance.getEntriesByType('resource').length")).toBe(0);
  });

  it("sorts its table by each column, by mouse and keyboard", async () => {
    const page = await open(april);
    const table = page.getByRole("table", { name: "All figures by campaign" });
    const names = async () => table.locator("tbody th").allTextContents();
    const [first, ...rest] = await names();
    await table.getByRole("button", { name: "Opt-out rate" }).click();
    expect((await names())[0]).toBe("spring sale");
    const head = table.getByRole("columnheader", { name: "Opt-out rate" });
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    await page.keyboard.press("Enter");
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    expect((await names()).at(-1)).toBe("spring sale");
    await table.getByRole("button", { name: "Campaign" }).click();
    expect(await head.getAttribute("aria-sort")).toBeNull();
    expect(await names()).toEqual([first, ...rest].toSorted((a = "", b = "") => a.localeCompare(b)));
    expect(await table.locator("tfoot th").textContent()).toBe("Total");
  });

  it("puts what has no value last, whichever way it is sorted", async () => {
    const groups = [nothing, figuresOf({ messages: 200 }), figuresOf({ messages: 900, failing: 0.2 })];
    const tags = groups.map((figures, index) => ({ ...figures, key: { tag: `t${index}` } }));
    const page = await open(renderReport(summaryOf(["tag"], tags)));
    const table = page.getByRole("table", { name: "All figures by campaign" });
    const button = table.getByRole("button", { name: "Delivery rate" });
    await button.click();
    expect(await table.locator("tbody th").allTextContents()).toEqual(["t1", "t2", "t0"]);
    await button.click();
    expect(await table.locator("tbody th").allTextContents()).toEqual(["t2", "t1", "t0"]);
  });

  it("is as complete without JavaScript", async () => {
    const text = async (page: Page) => page.getByRole("main").innerText();
    const scripted = await text(await open(april));
    expect(await text(await open(april, { javaScriptEnabled: false }))).toBe(scripted);
  });

  it("runs nothing that a tag brings along", async () => {
    const payload =
      "</script></style><img src=x onerror='globalThis.broken=true'><script>globalThis.broken=true</script>";
    const groups = [{ ...figuresOf({ messages: 100 }), key: { tag: payload } }];
    const page = await open(renderReport(summaryOf(["tag"], groups), { title: payload }));
    expect(await page.title()).toBe(payload);
    expect(await page.locator(".campaigns tbody th").textContent()).toBe(payload);
    expect(await page.evaluate("globalThis.broken")).toBeUndefined();
  });

  it("prints all of it, in light colours, on pages of A4", async () => {
    const page = await open(april, { colorScheme: "dark" });
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(pdf.length).toBeGreaterThan(20_000);
    // What is between the margins of A4.
    await page.setViewportSize({ width: 688, height: 1016 });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate(sticksOut("also what scrolls"))).toEqual([]);
    const ground = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    expect(ground).toBe("rgb(255, 255, 255)");
    await page.screenshot({ path: join(folder, "print.png"), fullPage: true });
  });
});

describe.skipIf(browser === undefined)("what the report looks like", { timeout: 60_000 }, () => {
  const reports = {
    full: april,
    empty: renderReport(ungrouped(nothing), {
      byTime: summaryOf(["day"], []),
      byCampaign: summaryOf(["tag"], []),
    }),
    long: renderReport(
      summaryOf(
        ["sender", "tag"],
        [
          {
            ...figuresOf({ messages: 123_456_789 }),
            key: { sender: "+18005551234", tag: "averylongtag".repeat(20) },
          },
        ],
      ),
      { title: "averylongtitle".repeat(10) },
    ),
  };
  const looks = (["full", "empty", "long"] as const).flatMap((report) => [
    { report, colorScheme: "light", viewport: wide } as const,
    { report, colorScheme: "dark", viewport: wide } as const,
    { report, colorScheme: "light", viewport: small } as const,
  ]);

  it.for(looks)(
    "is accessible, and nothing overlaps ($report, $colorScheme, $viewport.width)",
    async (look) => {
      const page = await open(reports[look.report], look);
      await page.evaluate(openDetails);
      expect(await violations(page)).toEqual([]);
      for (const width of [look.viewport.width, 481, 641, 861]) {
        await page.setViewportSize({ ...look.viewport, width });
        expect(await page.evaluate(sticksOut("not what scrolls")), `at ${width}`).toEqual([]);
        expect(await page.evaluate(spilling), `at ${width}`).toEqual([]);
        expect(await page.evaluate(overlappingLabels), `at ${width}`).toEqual([]);
      }
    },
  );

  it.for(["light", "dark"] as const)("is in the documentation's pictures (%s)", async (colorScheme) => {
    const page = await open(april, { colorScheme, viewport: { width: 1280, height: 1210 } });
    const { length } = await page.screenshot({ path: join(pictures, `report-${colorScheme}.png`) });
    expect(length).toBeGreaterThan(20_000);
  });
});

/** axe is given to the page by the browser's own means, as the page allows no script but its own. */
async function violations(page: Page): Promise<unknown> {
  const found = await page.evaluate(`${axe.source}; axe.run()`);
  const { violations } = found as axe.AxeResults;
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
}
