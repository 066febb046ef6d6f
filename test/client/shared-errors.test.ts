import { RestError } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";

import { SmsClient } from "../../src/client/sms-client.js";
import { people, rejection, sender, text } from "../support/clients.js";

const [first = "", second = ""] = people(2);
const requestTo = (to: string) => ({ from: sender, to: [to], message: text });

/** A client whose every send fails with this very error, as a credential's do that wait for the same token. */
function failingWith(error: Error): SmsClient {
  const getToken = async (): Promise<never> => {
    throw error;
  };
  return new SmsClient("https://contoso.communication.azure.com", { getToken });
}

describe("calls that fail with one and the same error", () => {
  it("each tell of their own recipients", async () => {
    const sms = failingWith(new Error("no token"));
    // Whoever took one for the other would take what may have arrived for what certainly was not sent.
    const idempotency = { key: "order 7", firstSentAt: new Date() };
    const errors = await Promise.all([
      rejection(sms.send(requestTo(first), { idempotency })),
      rejection(sms.send(requestTo(second))),
    ]);
    const results = errors.map((error) => error.results);
    expect(results).toMatchObject([
      [{ to: first, status: "unknown", idempotency }],
      [{ to: second, status: "unsent" }],
    ]);
  });

  it("each get one of its class that says the same", async () => {
    const shared = new RestError("unavailable", { statusCode: 503, code: "Busy" });
    const sms = failingWith(shared);
    const errors = await Promise.all([first, second].map((to) => rejection(sms.send(requestTo(to)))));
    for (const error of errors) {
      expect(error).toBeInstanceOf(RestError);
      expect(error).toMatchObject({ message: "unavailable", statusCode: 503, code: "Busy" });
      expect(error.stack).toBe(shared.stack);
      expect(Object.keys(error)).not.toContain("results");
    }
  });
});

describe("an error that cannot be added to", () => {
  const fixed = Object.defineProperty(new Error("no token"), "results", { value: 7 });

  it.each([
    ["is frozen", Object.freeze(new Error("no token"))],
    ["has results of another kind", fixed],
  ])("is told of all the same: it %s", async (_, shared) => {
    const error = await rejection(failingWith(shared).send(requestTo(first)));
    expect(error.message).toBe("no token");
    expect(error.results).toMatchObject([{ to: first, status: "unsent" }]);
  });
});
