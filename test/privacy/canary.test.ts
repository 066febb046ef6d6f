import { AzureLogger, createClientLogger, getLogLevel } from "@azure/logger";
import { createHttpHeaders, createPipelineRequest, RestError } from "@azure/core-rest-pipeline";
import { afterEach, describe, expect, it, vi } from "vitest";

import { SmsClient } from "../../src/client/sms-client.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { assertNoLeaks, canary, leakWatch } from "../support/canary.js";
import { rejection } from "../support/clients.js";
import { LeakWatch } from "../support/leak-watch.js";
import { fact } from "../support/stores.js";
import { wrong } from "../support/wrong.js";

const [number] = canary.numbers;
const sender = "+18005551234";

// What these tests leak on purpose must not fail this file in the end.
afterEach(() => void leakWatch.drain());

describe("a leak watch", () => {
  const watch = new LeakWatch({ number: "14255550123", text: "Canary Text" });
  const failed = (properties: object): Error => Object.assign(new Error("failed"), properties);
  const hidden = (properties: object): Error => {
    const error = new Error("failed");
    for (const [key, value] of Object.entries(properties)) Object.defineProperty(error, key, { value });
    return error;
  };

  it.each<[string, unknown]>([
    ["the message", new Error(`no row for ${number}`)],
    ["the message, without the plus", new Error("no row for 14255550123.")],
    ["the message, encoded for a URL", new Error("/list/%2B14255550123")],
    ["the message, in other case", new Error("CANARY TEXT")],
    ["the stack", failed({ stack: `at ${number}` })],
    ["a property", failed({ to: number })],
    ["a number", failed({ to: 14_255_550_123 })],
    ["a property's name", failed({ [number]: 1 })],
    ["a hidden property", hidden({ to: number })],
    ["a symbol's property", failed({ [Symbol("to")]: number })],
    ["a getter", Object.defineProperty(new Error("failed"), "to", { get: () => number })],
    ["something nested", failed({ a: [{ b: new Map([["c", new Set([{ number }])]]) }] })],
    ["bytes", failed({ body: Buffer.from(`to=${number}`) })],
    ["the cause", new Error("failed", { cause: new Error("failed", { cause: number }) })],
    ["one of several", new AggregateError([new Error(number)], "failed")],
    ["what it says as JSON", failed({ toJSON: () => ({ number }) })],
    ["the body of its request", restError({ body: `{"to":"${number}"}` })],
    ["a header of its request", restError({ header: number })],
    ["the error of a result", hidden({ results: [{ to: "x", error: new Error(number) }] })],
    ["a thrown text", `no ${number}`],
  ])("finds a secret in %s", (_name, error) => {
    watch.error("here", error);
    expect(watch.drain()).toEqual([expect.stringMatching(/^.* shows the (number|text): /u)]);
  });

  it.each<[string, unknown]>([
    ["a clean error", failed({ code: "E1", cause: new Error("because") })],
    ["a masked number", new Error("no row for +***0123")],
    ["an error that causes itself", selfCaused()],
    ["the numbers in the results of an error", hidden({ results: [{ to: number }] })],
    ["an error in its own results", selfReported()],
    ["nothing", undefined],
  ])("finds none in %s", (_name, error) => {
    watch.error("here", error);
    expect(watch.drain()).toEqual([]);
  });

  it("finds results that a logger would print", () => {
    watch.error("here", failed({ results: [{ to: number }] }));
    expect(watch.drain()).toHaveLength(1);
  });

  it("looks at log lines as they are written", () => {
    watch.line("the log", "sent %s to %o", "it", { number });
    expect(watch.drain()).toEqual([expect.stringContaining("the log shows the number")]);
    watch.line("the log", "sent %s", "it");
    expect(watch.drain()).toEqual([]);
  });

  it("reports an error that cannot be looked at, and what it would have hidden", () => {
    watch.error("here", Object.defineProperty(failed({}), "to", { get: () => unreadable() }));
    expect(watch.drain()).toEqual(["here could not be looked at: Error: unreadable"]);
  });

  it("looks anew at an error that it has seen, which may have got more to it since", () => {
    const error = failed({});
    watch.error("here", error);
    watch.error("there", Object.assign(error, { number }));
    expect(watch.drain()).toEqual([expect.stringContaining("there shows the number")]);
  });

  it("keeps what it found until it is asked, once", () => {
    watch.line("one", number);
    watch.line("two", number, "canary text");
    expect(watch.drain()).toHaveLength(3);
    expect(watch.drain()).toEqual([]);
  });
});

describe("the leak watch over the suite", () => {
  it("fails a file in which something leaked", () => {
    expect(assertNoLeaks).not.toThrow();
    leakWatch.line("the log", canary.text);
    expect(assertNoLeaks).toThrow("Private content leaked:\nthe log shows the text");
  });

  it.each([
    ["access key", canary.accessKey],
    ["decoded access key", Buffer.from(canary.accessKey, "base64").toString()],
    ["text", canary.text],
    ["text", canary.text.slice(0, 15)],
    ["number", canary.numbers[0]],
    ["other number", canary.numbers[1].slice(1)],
  ])("knows the %s", (name, secret) => {
    leakWatch.line("the log", `before ${secret} after`);
    expect(leakWatch.drain()).toEqual([expect.stringContaining(`the log shows the ${name}: `)]);
  });

  it("hears the logs of this package and of Azure's, at every level", () => {
    expect(getLogLevel()).toBe("verbose");
    const logger = createClientLogger("acs-sms");
    for (const level of ["error", "warning", "info", "verbose"] as const) logger[level](`to ${number}`);
    expect(leakWatch.drain()).toHaveLength(4);
    AzureLogger.log("to %s", number);
    expect(leakWatch.drain()).toHaveLength(1);
  });

  it("hears Node's warnings", () => {
    const { noDeprecation } = process;
    process.noDeprecation = true; // so that it is not printed
    process.emitWarning(`to ${number}`, "DeprecationWarning");
    process.noDeprecation = noDeprecation ?? false;
    expect(leakWatch.drain()).toEqual([expect.stringContaining("a warning shows the number")]);
  });

  const leaky = (): never => {
    throw new Error(`leaked ${number}`);
  };
  const abortSignal = { aborted: false, addEventListener: leaky, removeEventListener: vi.fn() };
  const sms = new SmsClient(`endpoint=https://contoso.test/;accesskey=${canary.accessKey}`, {
    suppression: new SuppressionList(new MemorySuppressionStore()),
  });
  const list = new SuppressionList(new MemorySuppressionStore());
  const request = { from: sender, to: [number], message: canary.text };
  const leakyList = Object.defineProperty([number], 0, { get: leaky });

  it.each<[string, () => Promise<unknown>]>([
    ["SmsClient.send", () => sms.send(request, { abortSignal })],
    ["SmsClient.preview", () => sms.preview(request, { abortSignal })],
    ["SmsClient.getDeliveryReport", () => sms.getDeliveryReport("id", { abortSignal })],
    ["OptOutsClient.add", () => sms.optOuts.add(sender, [number], { abortSignal })],
    ["OptOutsClient.remove", () => sms.optOuts.remove(sender, [number], { abortSignal })],
    ["OptOutsClient.check", () => sms.optOuts.check(sender, [number], { abortSignal })],
    ["SuppressionList.check", () => list.check(sender, leakyList)],
    ["SuppressionList.optOut", () => list.optOut(sender, leakyList)],
    ["SuppressionList.optIn", () => list.optIn(sender, leakyList, { at: new Date(0) })],
    ["SuppressionList.handleMessage", () => list.handleMessage(throwing("to"))],
    ["SuppressionList.handleDeliveryReport", () => list.handleDeliveryReport(throwing("status"))],
    ["SuppressionList.claimConfirmation", () => list.claimConfirmation(throwing("expiresAt"), fact())],
  ])("looks at what %s rejects with", async (name, call) => {
    expect((await rejection(call())).message).toBe(`leaked ${number}`);
    expect(leakWatch.drain()).toContainEqual(expect.stringContaining(`${name} shows the number: `));
  });

  it("looks at the errors in the results of a send that resolves", async () => {
    class Leaking {
      async send(): Promise<unknown> {
        return [{ to: number, error: new Error(`refused ${number}`) }, { to: number }];
      }
    }
    leakWatch.observe("Leaking", Leaking.prototype);
    await new Leaking().send();
    expect(leakWatch.drain()).toEqual([expect.stringContaining("Leaking.send shows the number: ")]);
  });

  function throwing(field: string): never {
    const fields = { from: number, to: sender, message: "STOP" };
    return wrong(Object.defineProperty(fields, field, { get: leaky, enumerable: true }));
  }
});

function restError({ body = "", header = "" }): RestError {
  const headers = createHttpHeaders({ "x-test": header });
  return new RestError("failed", {
    request: createPipelineRequest({ url: "https://x.test", headers, body }),
  });
}

/** As an error of a send is: each recipient's result has it. */
function selfReported(): Error {
  const error = new Error("failed");
  return Object.defineProperty(error, "results", { value: [{ to: number, error }] });
}

function unreadable(): never {
  throw new Error("unreadable");
}

function selfCaused(): Error {
  const error = new Error("failed");
  error.cause = error;
  return error;
}
