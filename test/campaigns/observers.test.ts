import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { template } from "../../src/campaigns/message/template.js";
import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import type { SmsObservation, SmsObserver } from "../../src/observers/observer.js";
import { people, sender } from "../support/clients.js";
import { collect } from "../support/stores.js";
import { resultsOf, setStage, type Stage } from "./stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => stage[Symbol.asyncDispose]());

const [free = "", stopped = "", late = "", nameless = ""] = people(4);

/** Of each kind one, as a stream, so that nothing is read before it is sent. */
async function* mixed() {
  yield { to: free, fields: { name: "Ann" } };
  yield { to: stopped, fields: { name: "Ben" } };
  yield { to: late, fields: { name: "Cem" }, sendBefore: new Date(0) };
  yield { to: nameless, fields: {} };
  yield { to: "no number", fields: { name: "Eve" } };
  yield { to: free, fields: { name: "Ann" } };
}

const message = template("Dear {name}, the sale has begun.");
const range = { from: new Date(0), to: new Date("2100-01-01") };

function noted(): SmsObserver & { readonly results: () => string[] } {
  const seen: SmsObservation[] = [];
  return {
    observe: (observation) => void seen.push(observation),
    results: () => seen.flatMap((one) => (one.type === "result" ? `${one.to} ${one.status}` : [])),
  };
}

describe("the observers of a campaign", () => {
  it("hear of each message once, whether it came to the client or not", async () => {
    await stage.suppression.handleMessage({ from: stopped, to: sender, message: "STOP" });
    await using log = new SqliteMessageLog(":memory:");
    const sms = stage.client({ observers: [log] });
    const campaign = stage.campaign({ recipients: mixed(), message, tag: "sale" }, sms);
    await resultsOf(campaign);
    expect(campaign.totals).toMatchObject({
      accepted: 1,
      suppressed: 1,
      expired: 1,
      invalid: 2,
      duplicate: 1,
    });
    await log.flush();
    const { groups } = await log.summarize({ ...range, groupBy: ["tag", "sender"] });
    expect(groups).toEqual([
      expect.objectContaining({
        key: { tag: "sale", sender },
        messages: 5,
        accepted: 1,
        suppressed: 1,
        unsent: 1,
        invalid: 2,
        recipients: 3,
        segments: 1,
      }),
    ]);
  });

  it("hear of nothing again in the next run, and of what a planner leaves out", async () => {
    const observer = noted();
    const options = { message, observers: [observer] };
    await collect(stage.campaign({ ...options, recipients: mixed() }).plan());
    const left = [`${late} unsent`, `${nameless} invalid`, "no number invalid"];
    expect(observer.results()).toEqual(left);
    await resultsOf(stage.campaign({ ...options, recipients: mixed() }));
    expect(observer.results()).toEqual(left);
  });

  it("can be others than the client's, which hear of what the client does", async () => {
    const [own, clients] = [noted(), noted()];
    const sms = stage.client({ observers: [clients] });
    await resultsOf(stage.campaign({ recipients: [free, "no number"], observers: [own] }, sms));
    expect(own.results()).toEqual(["no number invalid"]);
    expect(clients.results()).toEqual([`${free} accepted`]);
  });

  it("are refused where they cannot be told, and harm no message where they fail", async () => {
    expect(() => stage.campaign({ observers: {} as never })).toThrow(/`observers` to be a list of objects/);
    const broken = { observe: () => Promise.reject(new Error("down")) };
    const results = await resultsOf(stage.campaign({ recipients: ["no number"], observers: [broken] }));
    expect(results.map(({ status }) => status)).toEqual(["invalid"]);
  });
});
