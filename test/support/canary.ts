import { AzureLogger, setLogLevel } from "@azure/logger";
import { afterAll, expect } from "vitest";

import { TransportOptOuts } from "../../src/client/opt-outs.js";
import { SmsClient } from "../../src/client/sms-client.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { LeakWatch } from "./leak-watch.js";
import { wrong } from "./wrong.js";

/*
 * A set-up file of every test file: whatever the suite sends with these secrets, none may show in a log line, a warning
 * or an error that a caller can catch.
 */

/** A key, a message text and phone numbers for tests to work with. The leak watch knows them. */
export const canary = {
  accessKey: Buffer.from("canary access key of the test suite 012345").toString("base64"),
  text: "canary text: your code is 918273",
  numbers: ["+14255550123", "+14255550188"] as readonly [string, string],
};

/** Finds the canaries, also in parts: a text that was cut or escaped, a number without its `+`. */
export const leakWatch = new LeakWatch(
  {
    "access key": canary.accessKey,
    "decoded access key": "canary access key",
    text: "canary text",
    number: canary.numbers[0].slice(1),
    "other number": canary.numbers[1].slice(1),
  },
  () => `(${expect.getState().currentTestName ?? "outside a test"})`,
);

/** Throws where something has leaked since the last time. */
export function assertNoLeaks(): void {
  const leaks = leakWatch.drain();
  if (leaks.length > 0) throw new Error(`Private content leaked:\n${leaks.join("\n")}`);
}

setLogLevel("verbose");
AzureLogger.log = (...args) => leakWatch.line("the log", ...args);

const emitWarning = wrong<(...args: unknown[]) => void>(process.emitWarning.bind(process));
process.emitWarning = (...args: unknown[]): void => {
  leakWatch.error("a warning", args);
  emitWarning(...args);
};

leakWatch.observe("SmsClient", SmsClient.prototype);
leakWatch.observe("OptOutsClient", TransportOptOuts.prototype);
leakWatch.observe("SuppressionList", SuppressionList.prototype);

afterAll(() => {
  process.emitWarning = emitWarning;
  assertNoLeaks();
});
