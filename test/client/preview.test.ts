import { describe, expect, it } from "vitest";

import { people, person, rejection, sender, testClient, testSuppression } from "../support/clients.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";

const nowhere = { endpoint: "http://127.0.0.1:1" };

describe("preview", () => {
  it("gives the verdict on each recipient and what the text costs, without the wire", async () => {
    const suppression = testSuppression();
    const [first, second] = people(2) as [string, string];
    await suppression.optOut(sender, [second]);
    const sms = testClient(nowhere, { suppression, defaultCountry: "US" });
    const preview = await sms.preview({
      from: sender,
      to: [first, second, "nonsense", first, "(425) 555-0123"],
      message: "x".repeat(161),
    });
    expect(preview).toMatchObject({ encoding: "gsm-7", segments: 2, messageUnits: 2 });
    expect(preview.results.map(({ to, status }) => [to, status])).toEqual([
      [first, "ready"],
      [second, "suppressed"],
      ["nonsense", "invalid"],
      [first, "ready"],
      ["+14255550123", "ready"],
    ]);
  });

  it("says unchecked without a suppression list", async () => {
    const { results } = await testClient(nowhere).preview({ from: sender, to: [person], message: "Hi 🎉" });
    expect(results).toEqual([{ to: person, status: "unchecked" }]);
  });

  it("asks the list in the pieces that a send would", async () => {
    const suppression = testSuppression();
    const sizes: number[] = [];
    const check = suppression.check.bind(suppression);
    suppression.check = async (from, recipients, options) => {
      sizes.push(recipients.length);
      return check(from, recipients, options);
    };
    await testClient(nowhere, { suppression }).preview({ from: sender, to: people(250), message: "Hi" });
    expect(sizes).toEqual([100, 100, 50]);
  });

  it("rejects what a send would reject", async () => {
    const sms = testClient(nowhere);
    expect((await rejection(sms.preview({ from: sender, to: [], message: "Hi" }))).message).toContain("`to`");
    const find = async () => Promise.reject(new Error("down"));
    const broken = testClient(nowhere, { suppression: new SuppressionList({ find, record: find }) });
    const error = await rejection(broken.preview({ from: sender, to: [person], message: "Hi" }));
    expect(error).toMatchObject({ code: "suppression-unavailable" });
  });
});
