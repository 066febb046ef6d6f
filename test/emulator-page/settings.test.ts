import { expect, test } from "vitest";
import { readHeaderLines } from "../../src/emulator/page/events/header-lines.js";
import { warningsOf } from "../../src/emulator/page/header/warnings-of.js";
import { magicNumbers as labels } from "../../src/emulator/page/phones/magic-numbers.js";
import { faultOf, frequencyOf, latencyOf, rangeOf } from "../../src/emulator/page/settings/fault-values.js";
import { hasChoice, managerWords } from "../../src/emulator/page/settings/sender-kinds.js";
import { magicNumbers } from "../../src/emulator/carriers/magic-numbers.js";
import { isManagementChoice, managerOf } from "../../src/emulator/carriers/opt-out-management.js";
import type { EmulatorSender } from "../../src/emulator/senders.js";

test("suggests every magic number", () => {
  expect(Object.keys(labels).toSorted()).toEqual(
    Object.values(magicNumbers)
      .map(({ number }) => number)
      .toSorted(),
  );
});

test.for<EmulatorSender>([
  { number: "+18005551234", kind: "toll-free" },
  { number: "+14255550000", kind: "10dlc" },
  { number: "+14255550000", kind: "10dlc", optOutManagement: "acs" },
  { number: "24680", kind: "short-code" },
  { number: "24680", kind: "short-code", optOutManagement: "business" },
  { number: "24680", kind: "short-code", country: "GB" },
  { number: "CONTOSO", kind: "alphanumeric" },
])("says who acts on STOP to %o as the emulator has it", (sender) => {
  const words = { carrier: "The carrier", acs: "ACS", business: "Your code" };
  expect(managerWords(sender)).toBe(words[managerOf(sender)]);
  expect(hasChoice(sender)).toBe(isManagementChoice(sender));
});

test("writes faults as a form has them, and reads them back", () => {
  expect(frequencyOf(undefined)).toEqual({ unit: "percent", amount: "0" });
  expect(frequencyOf(0.07)).toEqual({ unit: "percent", amount: "7" });
  expect(faultOf({ unit: "percent", amount: "12.5" })).toBe(0.125);
  expect(faultOf(frequencyOf({ next: 3 }))).toEqual({ next: 3 });
  expect(rangeOf(200)).toEqual({ least: "200", most: "200" });
  expect(latencyOf("200", "200")).toBe(200);
  expect(latencyOf("200", "900")).toEqual({ least: 200, most: 900 });
});

test("warns of what is not as in everyday life", () => {
  const none = {
    requests: { latencyInMs: 0, dropAfter: 0, serverErrorStatus: 503 },
    events: { isDown: false },
  };
  expect(warningsOf(none, 1)).toEqual([]);
  expect(warningsOf({ requests: { dropAfter: { next: 0 } }, events: {} }, 1)).toEqual([]);
  expect(warningsOf({ requests: { clockSkewInMs: -1 }, events: {} }, 1)).toEqual(["Request faults on"]);
  const all = { requests: { latencyInMs: { least: 0, most: 9 } }, events: { isDown: true, lose: 0.1 } };
  expect(warningsOf(all, 0)).toEqual([
    "Request faults on",
    "Webhooks down",
    "Event faults on",
    "Clock stopped",
  ]);
  expect(warningsOf(none, 60)).toEqual(["Clock 60×"]);
});

test("reads headers as people write them", () => {
  expect(readHeaderLines("x-secret: a:b \n\n X-Two:2")).toEqual({ "x-secret": "a:b", "X-Two": "2" });
  expect(() => readHeaderLines("no colon")).toThrow("Expected a header as name: value, got no colon");
  expect(() => readHeaderLines("a: 1\na: 2")).toThrow("Expected each header once.");
});
