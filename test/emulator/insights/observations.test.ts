import { expect, test } from "vitest";
import type { EmulatorMessage, EmulatorSender } from "../../../src/emulator/index.js";
import { intentOf } from "../../../src/emulator/carriers/reactions.js";
import { observationsOf } from "../../../src/emulator/insights/observations.js";

const at = new Date("2026-01-15T10:00:00Z");
const endedAt = new Date("2026-01-15T10:00:02Z");
const [tollFree, canadian, american] = ["+18005551234", "54321", "12345"];
const senders = new Map<string, EmulatorSender>([
  [tollFree, { number: tollFree, kind: "toll-free" }],
  [canadian, { number: canadian, kind: "short-code", country: "CA" }],
  [american, { number: american, kind: "short-code" }],
]);
const keywords = (sender: string, text: string) => intentOf(senders.get(sender), text, false);

const message = (more: Partial<EmulatorMessage> = {}): EmulatorMessage => ({
  id: "Outgoing_1",
  kind: "outbound",
  sender: tollFree,
  phone: "+14255550101",
  message: "Hello",
  encoding: "GSM-7",
  units: 5,
  segments: 1,
  at,
  state: "under-way",
  isShown: false,
  ...more,
});

const result = {
  type: "result",
  at,
  identity: "Outgoing_1",
  from: tollFree,
  to: "+14255550101",
  status: "accepted",
  httpStatusCode: 202,
  messageId: "Outgoing_1",
  encoding: "gsm-7",
  segments: 1,
  isReportExpected: true,
};
const delivery = {
  type: "delivery",
  at: endedAt,
  from: tollFree,
  to: "+14255550101",
  messageId: "Outgoing_1",
  receivedAt: endedAt,
  lastAttemptAt: endedAt,
};

test("a message under way is a result, and its report is yet to come", () => {
  expect(observationsOf(message(), keywords)).toEqual([result]);
  const long = message({ tag: "spring", encoding: "UCS-2", segments: 3 });
  expect(observationsOf(long, keywords)).toEqual([
    { ...result, tag: "spring", encoding: "ucs-2", segments: 3 },
  ]);
});

test.for([
  ["delivered", "2000: No Error", { status: "delivered", code: 2000 }],
  ["failed", "4006: The Destination/To number isn't reachable.", { status: "failed", code: 4006 }],
  ["blocked", "Sender blocked for given recipient.", { status: "failed" }],
] as const)(
  "a message that is %s is a report too, with the code that its receiver reads",
  ([state, details, said]) => {
    const ended = message({ state, endedAt, details, tag: "spring" });
    expect(observationsOf(ended, keywords)).toEqual([
      { ...result, tag: "spring" },
      { ...delivery, tag: "spring", ...said },
    ]);
  },
);

test("one that does not say when it ended has no time to arrive", () => {
  const [, report] = observationsOf(message({ state: "delivered", details: "2000: No Error" }), keywords);
  const { lastAttemptAt: _, ...rest } = delivery;
  expect(report).toEqual({ ...rest, at, receivedAt: at, status: "delivered", code: 2000 });
});

test.for([
  [tollFree, " stop ", "opt-out"],
  [tollFree, "UNSTOP", "opt-in"],
  [tollFree, "QUIT", "none"],
  [tollFree, "Stop it", "none"],
  [american, "quit", "opt-out"],
  [american, "HELP", "help"],
  // Nobody but the business acts on it.
  [canadian, "STOP", "opt-out"],
  // Removed meanwhile.
  ["99999", "START", "opt-in"],
] as const)("what is typed to %s, %o, asks for %s", ([sender, text, intent]) => {
  const typed = message({ id: "Incoming_1", kind: "inbound", sender, message: text, state: "delivered" });
  expect(observationsOf(typed, keywords)).toEqual([
    {
      type: "inbound",
      at,
      from: "+14255550101",
      to: sender,
      messageId: "Incoming_1",
      receivedAt: at,
      intent,
    },
  ]);
});

test("with exact keywords another case is no keyword", () => {
  const typed = message({ kind: "inbound", message: "stop" });
  const exact = (sender: string, text: string) => intentOf(senders.get(sender), text, true);
  expect(observationsOf(typed, exact)).toMatchObject([{ intent: "none" }]);
});

test("a notice is nothing that a client or its handler is told of", () => {
  expect(observationsOf(message({ kind: "notice" }), keywords)).toEqual([]);
});
