import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { SmsClient, type SmsSendResult } from "acs-sms";
import { magicNumbers, startEmulator } from "acs-sms/emulator";
import {
  browser,
  emulator,
  forgive,
  open,
  options,
  pictured,
  replaceEmulator,
  violations,
} from "../in-browser.js";

const sender = "+18005551234";
const shortCode = "12345";
const ann = "+14255550123";
const ben = "+14255550188";
const { unreachable, nonexistent, neverAnswers } = magicNumbers;
const text = "Contoso Dental: your appointment is tomorrow at 10. Reply C to confirm, STOP to opt out.";

async function send(to: readonly string[], tag?: string, from = sender): Promise<readonly SmsSendResult[]> {
  const sms = new SmsClient(emulator.connectionString, options);
  const report = { enableDeliveryReport: true, ...(tag !== undefined && { tag }) };
  return sms.send({ from, to: [...to], message: text }, report);
}

/** The tile with a headline figure. */
const tile = (page: Page, name: string): Locator =>
  page.locator(".tile").filter({ has: page.locator("dt", { hasText: name }) });
const region = (page: Page, name: string | RegExp): Locator => page.getByRole("region", { name });
const rows = (page: Page): Locator => region(page, /^By /).locator("tbody tr");
const patient = { timeout: 20_000 };
const press = async (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

describe.skipIf(browser === undefined)("the insights of the emulator's page", { timeout: 60_000 }, () => {
  it("say what to do while there is nothing, and have the figures as soon as there is", async () => {
    const page = await open("#insights");
    await page.getByRole("heading", { name: "Nothing to sum up yet" }).waitFor();
    await send([ann, ben, unreachable.number, nonexistent.number], "spring");
    await tile(page, "Messages").getByText("4", { exact: true }).waitFor();
    await tile(page, "Delivered").getByText("2 of 4 reported").waitFor();
    await tile(page, "Failed").getByText("2", { exact: true }).waitFor();
    const failures = region(page, "Why messages failed");
    await failures.getByText("The recipient's number is not reachable.").waitFor();
    await failures.getByText("The recipient's number does not exist.").waitFor();
    expect(await rows(page).allInnerTexts()).toEqual([
      expect.stringMatching(/^spring\s+4\s+50\.0% of 4\s+2\s+2/),
    ]);
  });

  it("follow what happens, without a reload, and leave what is open and where one is as it is", async () => {
    await send([ann], "spring");
    const page = await open("#insights", { viewport: { width: 1280, height: 500 } });
    await page.getByText("These figures as a table").click();
    await rows(page).first().waitFor();
    const choice = page.getByRole("button", { name: "Tag", exact: true });
    await choice.focus();
    const place = await choice.boundingBox();
    emulator.phone(ann).send("C", { to: sender });
    await tile(page, "Replies").getByText("1", { exact: true }).waitFor();
    emulator.phone(ann).send("STOP", { to: sender });
    await tile(page, "Opt-outs").getByText("1", { exact: true }).waitFor();
    await send([ben], "summer");
    await rows(page).nth(1).waitFor();
    expect(await choice.boundingBox()).toEqual(place);
    expect(await region(page, "Over time").locator("details").getAttribute("open")).not.toBeNull();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Tag");
    emulator.reset();
    await page.getByRole("heading", { name: "Nothing to sum up yet" }).waitFor();
  });

  it("are about the range that is chosen, in a unit of time that suits it", async () => {
    await send([ann]);
    emulator.clock.advance(3 * 3_600_000);
    await send([ann, ben]);
    const page = await open("#insights");
    const chart = (unit: string): Locator =>
      region(page, "Over time").getByRole("img", { name: new RegExp(`^Messages sent by ${unit}`) });
    await chart("hour").waitFor();
    for (const [range, count, unit] of [
      ["15 minutes", 2, "minute"],
      ["Hour", 2, "minute"],
      ["Day", 3, "hour"],
      ["All", 3, "hour"],
    ] as const) {
      await press(page, range);
      await chart(unit).waitFor();
      const figure = tile(page, "Messages").locator(".figure");
      await expect.poll(async () => figure.innerText(), patient).toBe(String(count));
    }
    emulator.clock.advance(2 * 3_600_000);
    await press(page, "15 minutes");
    await region(page, "Over time").getByText("There is no message in this time.").waitFor();
  });

  it("are put together by tag, sender or country", async () => {
    emulator.putSender({ number: shortCode, kind: "short-code" });
    await send([ann, ben], "spring");
    await send([ann], undefined, shortCode);
    const page = await open("#insights");
    const names = async (): Promise<readonly string[]> => rows(page).locator("th").allInnerTexts();
    await expect.poll(names, patient).toEqual(["spring", "No tag"]);
    await press(page, "Sender");
    await expect.poll(names, patient).toEqual([sender, shortCode]);
    await press(page, "Country");
    await expect.poll(names, patient).toEqual(["US"]);
  });

  it("say which reports have not come, and when they should have", async () => {
    const sms = new SmsClient(emulator.connectionString, options);
    await sms.send({ from: sender, to: [neverAnswers.number], message: text });
    const page = await open("#insights");
    await region(page, "Neither delivered nor failed").getByText("Pending").waitFor();
    emulator.clock.advance(40 * 3_600_000);
    await region(page, "Neither delivered nor failed").getByText("Overdue").waitFor();
    expect(await page.getByText("Pending").count()).toBe(0);
  });

  it("ask for nothing while nobody looks", async () => {
    await send([ann]);
    const page = await open("#insights");
    await tile(page, "Messages").getByText("1", { exact: true }).waitFor();
    const show = async (state: string): Promise<void> =>
      page.evaluate(
        `Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));`,
      );
    await show("hidden");
    let asked = 0;
    page.on("request", (request) => (asked += request.url().includes("/insights?") ? 1 : 0));
    await send([ben]);
    await page.getByRole("link", { name: /^Requests 2/ }).waitFor();
    expect(asked).toBe(0);
    await show("visible");
    await tile(page, "Messages").getByText("2", { exact: true }).waitFor();
  });

  it("can be opened as a report of the same range", async () => {
    await send([ann, unreachable.number], "<spring>");
    const page = await open("#insights");
    await press(page, "Hour");
    const [report] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", { name: "Open as a report" }).click(),
    ]);
    await report.getByRole("heading", { name: "Messages of the emulator" }).waitFor();
    await report.getByText("1 of 2 reported").waitFor();
    await report.getByText("<spring>").first().waitFor();
    expect(new URL(report.url()).searchParams.get("minutes")).toBe("60");
  });

  it("say why there are none, as on an older Node", async () => {
    await send([ann]);
    const page = await open();
    const error = { code: "NotImplemented", message: "Insights need Node 22.13 or newer" };
    await page.route("**/_emulator/insights?*", (route) => route.fulfill({ status: 501, json: { error } }));
    await page.goto(`${emulator.endpoint}/#insights`);
    await page.getByRole("alert").getByText(error.message).waitFor();
    expect(await page.locator(".tile").count()).toBe(0);
    forgive("501");
  });

  it("are reached by the keyboard", async () => {
    const page = await open();
    await page.keyboard.press("4");
    await page.getByRole("heading", { name: "Nothing to sum up yet" }).waitFor();
    await page.keyboard.press("1");
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.getByRole("heading", { name: "Nothing to sum up yet" }).waitFor();
    expect(new URL(page.url()).hash).toBe("#insights");
  });

  it.for([
    { colorScheme: "light", width: 1280 },
    { colorScheme: "dark", width: 1280 },
    { colorScheme: "light", width: 400 },
  ] as const)("have no violation that axe finds ($colorScheme, $width)", async ({ colorScheme, width }) => {
    await send([ann, ben, unreachable.number, neverAnswers.number], "spring");
    emulator.phone(ben).send("STOP", { to: sender });
    const viewport = { width, height: 800 };
    const page = await open("#insights", { colorScheme, viewport, reducedMotion: "reduce" });
    await rows(page).first().waitFor();
    await page.getByText("These figures as a table").click();
    expect(await violations(page)).toEqual([]);
    const overflow =
      "document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth";
    expect(await page.evaluate(overflow)).toBe(0);
    expect(
      await page
        .locator(`.chart.${width < 560 ? "narrow" : "wide"}`)
        .first()
        .isVisible(),
    ).toBe(true);
  });

  it("have the colours of the theme that is chosen", async () => {
    await send([ann]);
    const page = await open("#insights", { colorScheme: "light" });
    const bar = ".chart.wide rect.arrived";
    await page.locator(bar).first().waitFor();
    const fill = async (): Promise<unknown> =>
      page.evaluate(`getComputedStyle(document.querySelector("${bar}")).fill`);
    await expect.poll(fill, patient).toBe("rgb(60, 98, 216)");
    await page.getByRole("button", { name: /^Theme/ }).click();
    await page.getByRole("button", { name: /^Theme/ }).click();
    await expect.poll(fill, patient).toBe("rgb(124, 156, 255)");
  });
});

/** How many messages go out in each minute of the picture. */
const minutes = [12, 30, 44, 60, 52, 38, 47, 66, 80, 71, 42, 35, 28, 31, 18];
const failing = [unreachable, nonexistent, magicNumbers.blockedByCarrier].map(({ number }) => number);

describe.skipIf(browser === undefined)("the pictures of the documentation", () => {
  it.for(["light", "dark"] as const)("show insights (%s)", { timeout: 60_000 }, async (colorScheme) => {
    await emulator.close();
    const offsetInMs = Date.parse("2026-01-15T10:00:00Z") - Date.now();
    replaceEmulator(await startEmulator({ clock: { offsetInMs }, deliveryDelayInMs: 800 }));
    emulator.putSender({ number: shortCode, kind: "short-code" });
    let number = 2_000_000;
    for (const [minute, count] of minutes.entries()) {
      const to = Array.from({ length: count }, (_, index) =>
        index % 17 === 5 ? (failing[(minute + index) % 3] ?? ann) : `+1425${(number += 1)}`,
      );
      const tags = ["reminders", "spring sale", "delivery codes"];
      await send([...new Set(to)], tags[minute % 3], minute % 3 === 1 ? shortCode : sender);
      emulator.clock.advance(1000);
      for (const phone of to.slice(-3))
        emulator.phone(phone).send("C", { to: minute % 3 === 1 ? shortCode : sender });
      if (minute === 9) await send([magicNumbers.noReportSupport.number]);
      if (minute % 4 === 2) emulator.phone(to.at(-5) ?? ann).send("STOP", { to: sender });
      emulator.clock.advance(59_000);
    }
    const page = await open("#insights", {
      colorScheme,
      viewport: { width: 1366, height: 1096 },
      reducedMotion: "reduce",
    });
    await rows(page).nth(3).waitFor();
    expect(await pictured(page, `insights-${colorScheme}`)).toBeGreaterThan(20_000);
  });
});
