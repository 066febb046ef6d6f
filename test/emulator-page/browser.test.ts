import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { SmsClient, SuppressionList, MemorySuppressionStore } from "acs-sms";
import { startEmulator } from "acs-sms/emulator";
import { createSmsEventHandler, createSmsWebhook, sharedSecret, toNodeHandler } from "acs-sms/events";
import {
  browser,
  emulator,
  forgive,
  open,
  options,
  pictured,
  problems,
  replaceEmulator,
  violations,
} from "./in-browser.js";

const sender = "+18005551234";
const ann = "+14255550123";
const ben = "+14255550188";
const phone = (page: Page, number: string): Locator => page.getByRole("region", { name: `Phone ${number}` });
const bubbles = (page: Page, number: string, name: string): Locator =>
  phone(page, number).getByRole("article", { name, exact: true });

/** A business that honours what its webhook is told, and a message from it. */
async function business() {
  const suppression = new SuppressionList(new MemorySuppressionStore());
  const sms = new SmsClient(emulator.connectionString, { suppression, ...options });
  const handler = createSmsEventHandler({ sms, suppression });
  const webhook = createSmsWebhook(handler, { authorize: sharedSecret("secret") });
  const server = createServer(toNodeHandler(webhook)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await emulator.addWebhook({ url: `http://127.0.0.1:${port}/?code=secret` });
  return {
    send: async (to: readonly string[], message: string) =>
      sms.send({ from: sender, to: [...to], message }, { enableDeliveryReport: true, tag: "reminder" }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

describe.skipIf(browser === undefined)("the emulator's page", { timeout: 60_000 }, () => {
  it("shows a message, takes a STOP and the carrier's answer to it, and no message after that", async () => {
    await using shop = await business();
    const page = await open();
    await shop.send([ann], "Your order has shipped. Reply STOP to opt out.");
    const sent = bubbles(page, ann, "Message");
    await sent.getByText("Your order has shipped.").waitFor();
    await sent.getByText("Delivered").waitFor();
    await sent.getByText("GSM-7 46/160").waitFor();

    await phone(page, ann)
      .getByRole("textbox", { name: `Message to ${sender}` })
      .fill("stop");
    await page.keyboard.press("Enter");
    await bubbles(page, ann, "Typed on the phone").getByText("stop").waitFor();
    await bubbles(page, ann, "Automatic reply").getByText("NETWORK MSG: You replied").waitFor();
    await phone(page, ann).getByRole("status").getByText("Opted out (carrier, service list)").waitFor();
    await emulator.eventsSettled();

    const [result] = await shop.send([ann], "20 % off today only!");
    expect(result?.status).toBe("suppressed");
    await page.getByRole("link", { name: /Requests/ }).click();
    await page.getByRole("list", { name: "requests" }).getByRole("button").first().waitFor();
    expect(await page.getByRole("list", { name: "requests" }).getByRole("button").count()).toBe(1);
  });

  it("shows what the carrier stops when a client does not know of the opt-out", async () => {
    const page = await open();
    await page
      .getByRole("textbox", { name: "Add a phone" })
      .or(page.getByRole("combobox", { name: "Add a phone" }))
      .fill(ben);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await phone(page, ben).getByRole("button", { name: "STOP" }).click();
    await bubbles(page, ben, "Automatic reply").waitFor();
    const sms = new SmsClient(emulator.connectionString, options);
    await sms.send({ from: sender, to: [ben], message: "Hello?" }, { enableDeliveryReport: true });
    const blocked = bubbles(page, ben, "Message");
    await blocked.getByText("Blocked by opt-out").waitFor();
    await blocked.getByText("Sender blocked for given recipient.").waitFor();
    await blocked.getByText("The phone never showed it.").waitFor();
    await phone(page, ben).getByRole("button", { name: "START" }).click();
    await phone(page, ben).getByRole("status").getByText("Opted out").waitFor({ state: "detached" });
    await sms.send({ from: sender, to: [ben], message: "Welcome back." });
    await bubbles(page, ben, "Message").nth(1).getByText("Delivered").waitFor();
    expect(
      emulator
        .phone(ben)
        .messages()
        .map(({ message }) => message),
    ).toEqual([
      expect.stringContaining("NETWORK MSG: You replied"),
      expect.stringContaining("NETWORK MSG: You have replied"),
      "Welcome back.",
    ]);
  });

  it("shows each request with its signature, body and answer", async () => {
    const page = await open("#requests");
    const sms = new SmsClient(emulator.connectionString, options);
    await sms.send({ from: sender, to: [ann], message: "Look at me" });
    const forged = emulator.connectionString.replace(/accesskey=.*/, `accesskey=${btoa("another key")}`);
    await expect(
      new SmsClient(forged, options).send({ from: sender, to: [ann], message: "Forged" }),
    ).rejects.toMatchObject({ statusCode: 401 });
    const rows = page.getByRole("list", { name: "requests" }).getByRole("button");
    await rows.filter({ hasText: "401" }).filter({ hasText: "Wrong signature" }).waitFor();
    const signed = rows.filter({ hasText: "Signed" });
    await signed.click();
    expect(await signed.getAttribute("aria-expanded")).toBe("true");
    await page.getByText('"message": "Look at me"').waitFor();
    await page.getByText('"httpStatusCode": 202').waitFor();
    await page.getByRole("checkbox", { name: "Failed only" }).check();
    await signed.waitFor({ state: "detached" });
  });

  it("shows webhooks being added, their deliveries, and what they gave up", async () => {
    const server = createServer((request, response) => {
      let body = "";
      request
        .on("data", (chunk) => (body += chunk))
        .on("end", () => {
          const code = /"validationCode":"([^"]+)"/.exec(body)?.[1];
          if (code === undefined) response.writeHead(401).end("who are you?");
          else response.end(JSON.stringify({ validationResponse: code }));
        });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const page = await open("#events");
    const form = page.getByRole("form", { name: "Add a webhook" });
    await form.getByRole("textbox", { name: "URL" }).fill("nowhere");
    await form.getByRole("button", { name: "Add webhook" }).click();
    await form.getByText("an http or https URL").waitFor();
    await form.getByRole("textbox", { name: "URL" }).fill(`http://127.0.0.1:${port}/sms`);
    await form.getByRole("button", { name: "Add webhook" }).click();
    const webhooks = page.getByRole("region", { name: "Webhooks" });
    await webhooks
      .getByText(/validated/i)
      .first()
      .waitFor();
    emulator.phone(ann).send("Hello", { to: sender });
    const deliveries = page.getByRole("list", { name: "deliveries" });
    await deliveries.getByRole("button").filter({ hasText: "401" }).click();
    await page.getByText("who are you?").waitFor();
    await page
      .getByRole("region", { name: "Dead letters" })
      .getByText(/not retried|NonRetriableStatus/)
      .first()
      .waitFor();
    await webhooks.getByRole("button", { name: /Remove webhook/ }).click();
    await expect.poll(() => emulator.webhooks()).toEqual([]);
    server.closeAllConnections();
    server.close();
    forgive("400 (Bad Request)");
  });

  it("switches faults, edits senders and moves the clock", async () => {
    const page = await open("#settings");
    await page.getByRole("spinbutton", { name: /^Too many requests/ }).fill("1");
    await page.getByRole("combobox", { name: "Too many requests: share or count" }).selectOption("next");
    await page.getByRole("button", { name: "Apply request faults" }).click();
    await page.getByRole("link", { name: "Request faults on" }).waitFor();
    const retryOptions = { maxRetries: 0 };
    const sms = new SmsClient(emulator.connectionString, { ...options, retryOptions });
    const request = { from: sender, to: [ann], message: "Hello" };
    await expect(sms.send(request)).rejects.toMatchObject({ statusCode: 429 });
    await page.getByRole("link", { name: "Request faults on" }).waitFor({ state: "detached" });
    expect(await sms.send(request)).toMatchObject([{ status: "accepted" }]);

    await page.getByRole("switch", { name: /Webhooks are down/ }).check();
    await page.getByRole("button", { name: "Apply event faults" }).click();
    await page.getByRole("link", { name: "Webhooks down" }).waitFor();

    const form = page.getByRole("form", { name: "Add a sender" });
    await form.getByRole("textbox", { name: "Number" }).fill("12345");
    await form.getByRole("combobox", { name: "Kind" }).selectOption("short-code");
    await form.getByRole("button", { name: "Add sender" }).click();
    await page.getByRole("button", { name: "Edit 12345" }).waitFor();
    expect(emulator.senders).toContainEqual(expect.objectContaining({ number: "12345", kind: "short-code" }));

    const before = emulator.clock.now().getTime();
    await page.getByRole("button", { name: "+12 h" }).click();
    await expect.poll(() => emulator.clock.now().getTime() - before).toBeGreaterThanOrEqual(12 * 3_600_000);
    await page.getByRole("button", { name: "60×", exact: true }).click();
    await page.getByRole("link", { name: "Clock 60×" }).waitFor();
    expect(emulator.clock.speed).toBe(60);

    await page.getByRole("button", { name: "Reset…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await expect.poll(() => emulator.phone(ann).messages()).toEqual([]);
    expect(emulator.senders).toHaveLength(2);
  });

  it("can be used by the keyboard alone", async () => {
    const page = await open();
    await page.keyboard.press("n");
    await page.keyboard.type(ann);
    await page.keyboard.press("Enter");
    await phone(page, ann).waitFor();
    await phone(page, ann).getByRole("textbox").focus();
    await page.keyboard.type("2 j / ?");
    await page.keyboard.press("Enter");
    await expect.poll(() => emulator.messages()).toMatchObject([{ kind: "inbound", message: "2 j / ?" }]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("2");
    await page.getByRole("searchbox", { name: "Filter requests" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
  });

  it("goes on after the emulator was started anew", async () => {
    const page = await open();
    const { port } = new URL(emulator.endpoint);
    await emulator.close();
    await page.getByRole("status").filter({ hasText: "Disconnected" }).waitFor();
    replaceEmulator(await startEmulator({ port: Number(port) }));
    await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
    emulator.phone(ann).send("Still there?", { to: sender });
    await bubbles(page, ann, "Typed on the phone").getByText("Still there?").waitFor();
    expect(problems.length).toBeGreaterThan(0);
    forgive("ERR_");
  });

  it("stays quick with thousands of messages", async () => {
    const sms = new SmsClient(emulator.connectionString, options);
    const page = await open();
    const to = Array.from({ length: 1000 }, (_, index) => `+1425555${String(1000 + index)}`);
    for (const message of ["One", "Two", "Three"]) await sms.send({ from: sender, to, message });
    await page.getByRole("searchbox", { name: "Filter phones" }).fill("1999");
    await bubbles(page, "+14255551999", "Message").getByText("Three").waitFor();
    expect(await page.getByRole("region", { name: /^Phone / }).count()).toBe(1);
  });
});

describe.skipIf(browser === undefined)("accessibility", { timeout: 60_000 }, () => {
  const widths = { wide: { width: 1280, height: 800 }, small: { width: 360, height: 700 } };
  // What axe looks at depends on the colours or on the layout, not on both together.
  const settings = [
    { colorScheme: "light", size: "wide" },
    { colorScheme: "dark", size: "wide" },
    { colorScheme: "light", size: "small" },
  ] as const;

  it.for(settings)("has no violation that axe finds ($colorScheme, $size)", async ({ colorScheme, size }) => {
    await using shop = await business();
    await shop.send([ann, ben, "+15555554006"], "Contoso Dental: your appointment is tomorrow at 10.");
    emulator.phone(ben).send("STOP", { to: sender });
    await emulator.eventsSettled();
    const page = await open("", { colorScheme, viewport: widths[size], reducedMotion: "reduce" });
    for (const section of ["phones", `phones/${ben}`, "requests", "events", "insights", "settings"]) {
      await page.goto(`${emulator.endpoint}/#${section}`);
      await page.getByRole("main").waitFor();
      expect(await violations(page), section).toEqual([]);
    }
  });
});

describe.skipIf(browser === undefined)("the pictures of the documentation", () => {
  it.for(["light", "dark"] as const)(
    "show phones and requests (%s)",
    { timeout: 60_000 },
    async (colorScheme) => {
      await using shop = await business();
      await shop.send(
        [ann, ben, "+15555554006"],
        "Contoso Dental: your appointment is tomorrow at 10. Reply C to confirm, STOP to opt out.",
      );
      emulator.phone(ann).send("C", { to: sender });
      emulator.phone(ben).send("Stop", { to: sender });
      await emulator.eventsSettled();
      const official = new SmsClient(emulator.connectionString, options);
      const report = { enableDeliveryReport: true };
      await official.send({ from: sender, to: [ann], message: "Thank you, see you tomorrow at 10." }, report);
      await official.send({ from: sender, to: [ben], message: "20 % off this week only!" }, report);
      const page = await open("", {
        colorScheme,
        viewport: { width: 1366, height: 760 },
        reducedMotion: "reduce",
      });
      await bubbles(page, ben, "Message").getByText("Blocked by opt-out").waitFor();
      expect(await pictured(page, `phones-${colorScheme}`)).toBeGreaterThan(20_000);
      await page.goto(`${emulator.endpoint}/#requests`);
      // So that nothing of the machine that made it is in the picture, such as its name for itself in a header.
      await page.setViewportSize({ width: 1366, height: 536 });
      await page.getByRole("list", { name: "requests" }).getByRole("button").first().click();
      expect(await pictured(page, `requests-${colorScheme}`)).toBeGreaterThan(20_000);
    },
  );
});
