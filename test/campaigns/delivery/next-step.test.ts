import { describe, expect, it } from "vitest";

import { nextStep, type NextStep } from "../../../src/campaigns/delivery/next-step.js";
import { AbortError, SmsError, type SmsErrorCode } from "../../../src/errors/sms-error.js";

const open = [{ key: "a", to: "+14255550100" }];
const firstSentAt = new Date();

function refusal(statusCode: number): Error {
  return Object.assign(new Error("refused"), { name: "RestError", statusCode });
}

const sms = (code: SmsErrorCode): SmsError => new SmsError(code, "");

describe("the step after a call for a batch", () => {
  it("is none where all have a verdict", () => {
    expect(nextStep({ results: [], open: [], firstSentAt: undefined, error: undefined })).toBe("done");
  });

  it.each<[string, Error | undefined, NextStep]>([
    ["the caller's abort", new AbortError(), "stop"],
    ["another holder of the batch", sms("campaign-taken-over"), "fail"],
    ["429", refusal(429), "wait"],
    ["401", refusal(401), "fail"],
    ["403", refusal(403), "fail"],
    ["400", refusal(400), "fail"],
    ["408", refusal(408), "retry"],
    ["503", refusal(503), "retry"],
    ["no connection", Object.assign(new Error(""), { code: "ECONNREFUSED" }), "retry"],
    ["a store that fails", sms("suppression-unavailable"), "retry"],
    ["a process that stood still", sms("attempt-stale"), "retry"],
    ["nothing that is known", undefined, "retry"],
  ])("where nothing was sent, after %s", (_, error, step) => {
    expect(nextStep({ results: [], open, firstSentAt: undefined, error })).toBe(step);
  });

  it.each<[string, Error | undefined, NextStep]>([
    ["the caller's abort", new AbortError(), "stop"],
    ["another holder of the batch", sms("campaign-taken-over"), "fail"],
    ["a repeat that came too late", sms("repeatability-window-passed"), "give-up"],
    ["a repeat that was refused", sms("outcome-unknown"), "give-up"],
    ["a repeat that nobody needs any more", sms("expired"), "give-up"],
    ["an answer without the recipient", sms("answer-incomplete"), "repeat"],
    ["a store that fails", sms("suppression-unavailable"), "repeat"],
    ["503", refusal(503), "repeat"],
    ["401, as a key was changed meanwhile", refusal(401), "repeat"],
    ["nothing that is known", undefined, "repeat"],
  ])("where it may have been sent, after %s", (_, error, step) => {
    expect(nextStep({ results: [], open, firstSentAt, error })).toBe(step);
  });
});
