import { setTimeout as delay } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import type { AlertRule } from "../../../src/insights/alerts/alert-rule.js";
import { findAlerts } from "../../../src/insights/alerts/find-alerts.js";
import { watchMessages } from "../../../src/insights/alerts/watch-messages.js";
import type { MessageLog } from "../../../src/insights/message-log.js";
import type { SummaryFigures } from "../../../src/insights/summary.js";
import { wrong } from "../../support/wrong.js";

/** What a rule may look at; rates as the log gives them. */
function figures(delivered: number, failedByCode: Record<string, number>, optOutRate = 0): SummaryFigures {
  const failed = Object.values(failedByCode).reduce((sum, count) => sum + count, 0);
  const deliveryRate = delivered + failed === 0 ? undefined : delivered / (delivered + failed);
  return wrong<SummaryFigures>({
    delivered,
    recipientsReached: delivered,
    failed,
    failedByCode,
    deliveryRate,
    optOutRate,
  });
}

describe("rules", () => {
  const optOuts: AlertRule = { kind: "opt-out-rate", above: 0.03 };
  const delivery: AlertRule = { kind: "delivery-rate", below: 0.8 };
  const code: AlertRule = { kind: "failure-code", code: "4008", above: 0.05 };

  it.each<[string, AlertRule, SummaryFigures, boolean]>([
    ["more opt-outs than allowed", optOuts, figures(200, {}, 0.031), true],
    ["as many opt-outs as allowed", optOuts, figures(200, {}, 0.03), false],
    ["opt-outs of few", optOuts, figures(99, {}, 0.5), false],
    ["opt-outs of few, where few are enough", { ...optOuts, atLeast: 10 }, figures(99, {}, 0.5), true],
    ["too little delivered", delivery, figures(79, { "4008": 21 }), true],
    ["enough delivered", delivery, figures(80, { "4008": 20 }), false],
    ["nothing reported", delivery, figures(0, {}), false],
    ["nothing reported, where none are enough", { ...delivery, atLeast: 0 }, figures(0, {}), false],
    ["a code that is frequent", code, figures(94, { "4008": 6 }), true],
    ["another code that is frequent", code, figures(94, { "4006": 6 }), false],
  ])("hold, or not, of %s", (_, rule, of, holds) => {
    const alerts = findAlerts([rule], of);
    expect(alerts.map((alert) => alert.rule)).toEqual(holds ? [rule] : []);
  });

  it("see a code rise", () => {
    const rising: AlertRule = { kind: "failure-code", code: "4008", above: 0.05, times: 3 };
    const now = figures(88, { "4008": 12 });
    expect(findAlerts([rising], now, figures(95, { "4008": 5 }))).toEqual([]);
    expect(findAlerts([rising], now, figures(97, { "4008": 3 }))).toHaveLength(1);
    expect(findAlerts([rising], now, figures(100, {}))).toHaveLength(1);
    expect(findAlerts([rising], now)).toHaveLength(1);
  });

  it("say in words what is wrong", () => {
    const alerts = findAlerts([optOuts, delivery, code], figures(1500, { "4008": 500 }, 0.0456));
    expect(alerts.map(({ message }) => message)).toEqual([
      "4.6 % of 1,500 people reached opted out (more than 3 %).",
      "75.0 % of 2,000 reported messages arrived (less than 80 %).",
      "25.0 % of 2,000 reported messages failed with 4008 (more than 5 %).",
    ]);
  });

  it.each<[unknown, RegExp]>([
    [[], /`rules` to be a list of rules, got an empty array/],
    [[{ kind: "luck" }], /`rules\[0\].kind`/],
    [[delivery, { kind: "opt-out-rate", above: 3 }], /`rules\[1\].above` to be a rate from 0 to 1, got 3/],
    [[{ kind: "delivery-rate", above: 0.5 }], /`rules\[0\].below`/],
    [[{ kind: "failure-code", code: 4008, above: 0.1 }], /`rules\[0\].code`/],
    [[{ ...delivery, atLeast: Number.NaN }], /`rules\[0\].atLeast` to be a number of 0 or more, got NaN/],
    [[{ ...code, times: "3" }], /`rules\[0\].times`/],
  ])("are refused where they cannot be meant", (rules, message) => {
    expect(() => findAlerts(wrong(rules), figures(1, {}))).toThrow(message);
  });
});

describe("a watch", () => {
  it("calls when a rule begins to hold, once, and again after it did not", async () => {
    const states = [0.9, 0.5, 0.5, 0.9, 0.5, 0.9].map((rate) =>
      figures(rate * 1000, { "4008": 1000 - rate * 1000 }),
    );
    let looks = 0;
    const asked: number[] = [];
    const log = wrong<MessageLog>({
      summarize: async ({ from, to }: { from: Date; to: Date }) => {
        asked.push(to.getTime() - from.getTime());
        // Each look asks for now and for before.
        return { total: states[Math.floor(looks++ / 2)] ?? states[0] };
      },
    });
    const alerts: string[] = [];
    const watch = watchMessages(log, {
      rules: [{ kind: "delivery-rate", below: 0.8 }],
      onAlert: ({ message }) => void alerts.push(message),
      overMinutes: 5,
      everySeconds: 0.01,
    });
    await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(14);
    await watch[Symbol.asyncDispose]();
    expect(alerts).toHaveLength(2);
    expect(new Set(asked)).toEqual(new Set([300_000]));
    const before = looks;
    await delay(50);
    expect(looks).toBe(before);
  });

  it("tells all alerts of a look, also where one cannot be told, and outlives an onError that fails", async () => {
    const log = wrong<MessageLog>({ summarize: async () => ({ total: figures(100, { "4008": 100 }) }) });
    const told: string[] = [];
    let errors = 0;
    const watch = watchMessages(log, {
      rules: [
        { kind: "delivery-rate", below: 0.8 },
        { kind: "failure-code", code: "4008", above: 0.05 },
        { kind: "failure-code", code: "4008", above: 0.1 },
      ],
      onAlert: ({ rule: { kind } }) => {
        told.push(kind);
        if (told.length < 3) throw new Error("Nobody answers.");
      },
      onError: () => {
        errors += 1;
        if (errors === 1) throw new Error("Nobody listens, either.");
        return wrong(Promise.reject(new Error("Nor later.")));
      },
      everySeconds: 0.01,
    });
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(3);
    await delay(50);
    await watch[Symbol.asyncDispose]();
    expect([told, errors]).toEqual([["delivery-rate", "failure-code", "failure-code"], 2]);
  });

  it("goes on after a database that failed, and says so", async () => {
    const errors: unknown[] = [];
    const failing = wrong<MessageLog>({
      summarize: async () => Promise.reject(new Error("The database is away.")),
    });
    const watch = watchMessages(failing, {
      rules: [{ kind: "delivery-rate", below: 0.8 }],
      onAlert: () => undefined,
      onError: (error) => errors.push(error),
      everySeconds: 0.01,
    });
    await expect.poll(() => errors.length, { timeout: 10_000 }).toBeGreaterThan(1);
    await watch[Symbol.asyncDispose]();
    const log = failing;
    const rules: AlertRule[] = [{ kind: "delivery-rate", below: 0.8 }];
    const onAlert = (): void => undefined;
    expect(() => watchMessages(log, { rules, onAlert, everySeconds: 0 })).toThrow(/`everySeconds`/);
    expect(() => watchMessages(log, { rules, onAlert, overMinutes: Infinity })).toThrow(/`overMinutes`/);
  });
});
