import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it } from "vitest";

import { person, sender, testClient, testSuppression, text } from "../support/clients.js";

const endpoint = "https://contoso.communication.azure.com";
const bodies: unknown[] = [];

/** A user's unit test need know nothing of this package: what it sends is HTTP, and msw answers it. */
const server = setupServer(
  http.post(`${endpoint}/sms`, async ({ request }) => {
    bodies.push(await request.json());
    const value = [{ to: person, messageId: "Outgoing_1", httpStatusCode: 202, successful: true }];
    return HttpResponse.json({ value }, { status: 202 });
  }),
);

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => server.close());

it("users can answer its requests with msw, and nothing leaves for who opted out", async () => {
  const suppression = testSuppression();
  const sms = testClient({ endpoint }, { suppression, allowInsecureConnection: false });
  const request = { from: sender, to: [person], message: text };
  expect((await sms.send(request)).map(({ status }) => status)).toEqual(["accepted"]);
  await suppression.handleMessage({ from: person, to: sender, message: "STOP" });
  expect((await sms.send(request)).map(({ status }) => status)).toEqual(["suppressed"]);
  expect(bodies).toHaveLength(1);
});
