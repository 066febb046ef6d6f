import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

import { startEmulator, type Emulator } from "acs-sms/emulator";
import { root } from "../../scripts/run.js";
import { requireBuild } from "../support/require-build.js";
import { browserService } from "../support/services/browser.js";

/*
 * An emulator for each test of a file that imports this, and its page in a browser. A page that asks for something elsewhere
 * or says that something went wrong fails its test.
 */

export const options = { allowInsecureConnection: true };
/** `UPDATE_SCREENSHOTS=true` makes the pictures of the documentation anew; else they are made, and go with the test. */
const pictures =
  process.env["UPDATE_SCREENSHOTS"] === "true" ? join(root, "docs", "images") : await temporaryFolder();

export const browser = await browserService();
beforeAll(requireBuild);
afterAll(async () => browser?.close());

/** The emulator of the test. */
export let emulator: Emulator;
/** Where the page asked for something, other than the emulator. */
let strangers: string[];
/** What went wrong in the page. */
export let problems: string[];

beforeEach(async () => {
  const offsetInMs = Date.parse("2026-01-15T10:00:00Z") - Date.now();
  emulator = await startEmulator({ clock: { offsetInMs } });
  [strangers, problems] = [[], []];
});
afterEach(async () => {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
  await emulator.close();
  const wrong = [...strangers.map((url) => `asked for ${url}`), ...problems];
  if (wrong.length > 0) throw new Error(`The page: ${wrong.join("; ")}`);
});

/** Opens the page, and notes what it asks for elsewhere and what goes wrong in it. */
export async function open(hash = "", settings: BrowserContextOptions = {}): Promise<Page> {
  if (browser === undefined) throw new TypeError("No browser.");
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, timezoneId: "UTC", locale: "en-GB", ...settings });
  const page = await context.newPage();
  page.on("request", (request) => {
    if (!request.url().startsWith(emulator.endpoint)) strangers.push(request.url());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  await page.goto(`${emulator.endpoint}/${hash}`);
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  return page;
}

/** Has the page show another emulator. */
export function replaceEmulator(other: Emulator): void {
  emulator = other;
}

/** Says that problems with this in them are as they should be. */
export function forgive(part: string): void {
  problems = problems.filter((problem) => !problem.includes(part));
}

/** axe is given to the page by the browser's own means, as the page allows no script but its own. */
export async function violations(page: Page): Promise<unknown> {
  const found = await page.evaluate(`${axe.source}; axe.run()`);
  const { violations } = found as axe.AxeResults;
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-pictures-"));
  afterAll(async () => rm(folder, { recursive: true }));
  return folder;
}

/** Takes a picture, and says how many bytes it has: an empty page has few. */
export async function pictured(page: Page, name: string): Promise<number> {
  const { length } = await page.screenshot({ path: join(pictures, `emulator-${name}.png`) });
  return length;
}
