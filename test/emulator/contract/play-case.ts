import { expect } from "vitest";
import type { Emulator } from "../../../src/emulator/index.js";
import { emulated, texts } from "../wire.js";
import { byFetch } from "./callers/by-fetch.js";
import type { Answer, Caller, Key, Outcome } from "./callers/caller.js";
import { official, officialBeta } from "./callers/official.js";
import { ours } from "./callers/ours.js";
import type { Call, CallerName, ContractCase, Step, Version } from "./contract-case.js";

/** Everybody. */
export const callers: Readonly<Record<CallerName, Caller>> = {
  fetch: byFetch,
  "1.1.0": official,
  "1.2.0-beta.4": officialBeta,
  "acs-sms": ours,
};

/** Makes the calls of a case, and compares each answer. Answers what the phones of the case show after. */
export async function play(
  given: ContractCase,
  name: CallerName,
  version: Version,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const emulator = await emulated(given.options);
  for (const { on, text, to } of given.typed ?? []) emulator.phone(on).send(text, { to });
  const call = callers[name].connect(emulator, version, keyFor(given, emulator));
  let before: Answer | undefined;
  let messageId = "";
  for (const step of given.steps) {
    const asked = resolved(step.call, messageId);
    const outcome = await call(asked);
    if (name === "acs-sms" && step.ours !== undefined) {
      expectHeldBack(outcome, step.ours, emulator);
      continue;
    }
    const answer = expectOnTheWire(outcome, step, emulator);
    expectRepeat(step, answer, before);
    if (asked.byHand === undefined) expectInTheLog(given, version, emulator);
    expect(outcome.shown).toEqual(callers[name].shows(asked, answer));
    messageId = messageIdPattern.exec(answer.text)?.[0] ?? messageId;
    before = answer;
  }
  return Object.fromEntries(
    Object.keys(given.texts ?? {}).map((number) => [number, texts(emulator, number)]),
  );
}

function expectRepeat({ repeats = false }: Step, { text }: Answer, before: Answer | undefined): void {
  if (repeats) expect(text).toBe(before?.text);
}

function keyFor({ key }: ContractCase, { accessKeys }: Emulator): Key {
  if (key === "token")
    return { getToken: async () => ({ token: "e30.e30.c2ln", expiresOnTimestamp: Infinity }) };
  if (key === "stranger") return Buffer.alloc(64, 7).toString("base64");
  return key === "secondary" ? accessKeys.secondary : accessKeys.primary;
}

function resolved(call: Call, messageId: string): Call {
  return call.operation === "report" && call.messageId === "<sent>" ? { ...call, messageId } : call;
}

function expectHeldBack(
  { answer, shown }: Outcome,
  how: NonNullable<Step["ours"]>,
  emulator: Emulator,
): void {
  expect(answer).toBeUndefined();
  expect(emulator.requests()).toEqual([]);
  if (how === "invalid") expect(shown).toMatchObject([{ status: "invalid", successful: false }]);
  else expect(shown).toEqual({ name: how });
}

function expectOnTheWire({ answer }: Outcome, { expected }: Step, { endpoint }: Emulator): Answer {
  if (answer === undefined) throw new TypeError("Expected an answer");
  expect(answer.text && masked(answer.text, endpoint)).toBe(JSON.stringify(expected.body));
  expect(answer.status).toBe(expected.status);
  for (const [name, pattern] of Object.entries(expected.headers ?? {})) {
    if (pattern === null) expect(answer.header(name), name).toBeUndefined();
    else expect(answer.header(name), name).toMatch(pattern);
  }
  return answer;
}

function expectInTheLog({ key }: ContractCase, apiVersion: Version, emulator: Emulator): void {
  const verdicts = { stranger: "wrong-signature", token: "bearer", secondary: "valid" } as const;
  const signature = key === undefined ? "valid" : verdicts[key];
  expect(emulator.requests().at(-1)).toMatchObject({ apiVersion, signature });
}

const messageIdPattern = /Outgoing_\d{14}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_noam/;

/** The text with what no two answers share put out of sight. */
function masked(text: string, endpoint: string): string {
  return text
    .replaceAll(new RegExp(messageIdPattern, "g"), "<messageId>")
    .replaceAll(/"00-[0-9a-f]{32}-[0-9a-f]{16}-00"/g, '"<traceId>"')
    .replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g, '"<time>"')
    .replaceAll(endpoint, "<endpoint>");
}
