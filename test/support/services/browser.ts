import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { unavailable } from "./service.js";

/** Where Chromium is, if nobody says so. */
const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A browser without a window: the one of `CHROMIUM_PATH`, or this machine's. It looks up nothing by itself. */
export async function browserService(): Promise<Browser | undefined> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? usualPlaces.find((path) => existsSync(path));
  if (executablePath === undefined)
    return unavailable("a browser", "no Chromium; CHROMIUM_PATH can name one");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
