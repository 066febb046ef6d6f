import { setTimeout as delay } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { accepted, ScriptedServer, type Answer } from "../support/scripted-server.js";
import { people, person, rejection, sender, testClient, testSuppression, text } from "../support/clients.js";

const request = { from: sender, to: [person], message: text };

/** A server that gives these answers first, and takes everything after them. */
async function serverAnswering(...answers: Answer[]): Promise<ScriptedServer> {
  return ScriptedServer.start((seen, index) => answers[index] ?? accepted(seen));
}

describe("retries", () => {
  it.each<[string, Answer]>([
    ["429 without Retry-After", { status: 429 }],
    ["429 with Retry-After", { status: 429, headers: { "Retry-After": "0" } }],
    ["503 without Retry-After", { status: 503 }],
    ["503 with Retry-After", { status: 503, headers: { "retry-after-ms": "5" } }],
    ["408", { status: 408 }],
    ["500", { status: 500, body: { error: { code: "InternalError", message: "" } } }],
    ["a dropped connection", { drop: true }],
  ])("come after %s, under the same identity, signed afresh", async (_name, answer) => {
    await using server = await serverAnswering(answer);
    const [result] = await testClient(server).send(request);

    expect(result?.status).toBe("accepted");
    expect(server.requests).toHaveLength(2);
    const [first, second] = server.requests.map(({ body }) => body.smsRecipients[0]?.repeatabilityRequestId);
    expect(second).toBe(first);
  });

  it("sign each attempt with the time it is made", async () => {
    await using server = await serverAnswering({ status: 503, headers: { "retry-after-ms": "1100" } });
    await testClient(server).send(request);
    const [first, second] = server.requests;
    expect(second?.headers["x-ms-date"]).not.toBe(first?.headers["x-ms-date"]);
    expect(second?.headers.authorization).not.toBe(first?.headers.authorization);
    // The first may have been taken, so the second repeats it to the letter.
    expect(second?.rawBody).toBe(first?.rawBody);
  });

  it("free the identity's time after a definite refusal", async () => {
    await using server = await serverAnswering({ status: 429, headers: { "retry-after-ms": "1100" } });
    await testClient(server).send(request);
    const [first, second] = server.requests.map(({ body }) => body.smsRecipients[0]);
    expect(second?.repeatabilityRequestId).toBe(first?.repeatabilityRequestId);
    expect(second?.repeatabilityFirstSent).not.toBe(first?.repeatabilityFirstSent);
  });

  it.each([400, 401, 403, 404, 501, 505])("do not come after %i", async (status) => {
    await using server = await ScriptedServer.start(() => ({ status }));
    const error = await rejection(testClient(server).send(request));
    expect(error).toMatchObject({ name: "RestError", statusCode: status });
    expect(server.requests).toHaveLength(1);
  });

  it("end after maxRetries, and the call says what the last answer was", async () => {
    await using server = await ScriptedServer.start(() => ({ status: 429 }));
    const sms = testClient(server, { retryOptions: { maxRetries: 2, retryDelayInMs: 1 } });
    const error = await rejection(sms.send(request));
    expect(error).toMatchObject({ name: "RestError", statusCode: 429 });
    expect(error.message).toContain("rate limit");
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    expect(server.requests).toHaveLength(3);
  });

  it("leave it unknown whether a message arrived that no attempt got an answer to", async () => {
    await using server = await ScriptedServer.start(() => ({ status: 503 }));
    const idempotency = { key: "order 7" };
    const error = await rejection(testClient(server).send(request, { idempotency }));
    expect(error).toMatchObject({ name: "RestError", statusCode: 503 });
    expect(error.results).toMatchObject([
      { to: person, status: "unknown", idempotency: { key: "order 7", firstSentAt: expect.any(Date) } },
    ]);
  });

  it("know that nothing was sent where no connection was made", async () => {
    const gone = await ScriptedServer.start(accepted);
    await gone[Symbol.asyncDispose]();
    const error = await rejection(testClient(gone).send(request));
    expect(error).toMatchObject({ name: "RestError", code: "ECONNREFUSED" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
  });

  it("do not come where an attempt may take for ever", async () => {
    await using server = await ScriptedServer.start(async (seen) => {
      await delay(50);
      return accepted(seen);
    });
    const [result] = await testClient(server).send(request, { requestOptions: { timeout: Infinity } });
    expect(result?.status).toBe("accepted");
    expect(server.requests).toHaveLength(1);
  });

  it("come after an attempt that took too long", async () => {
    await using server = await serverAnswering({ hang: true });
    const [result] = await testClient(server).send(request, { requestOptions: { timeout: 100 } });
    expect(result?.status).toBe("accepted");
    expect(server.requests).toHaveLength(2);
  });

  it("end at once when the caller aborts while they wait", async () => {
    const controller = new AbortController();
    await using server = await ScriptedServer.start(() => {
      setTimeout(() => controller.abort(new Error("enough")), 20);
      return { status: 429, headers: { "Retry-After": "600" } };
    });
    // Ten minutes: were the wait not ended, the test would run out of time.
    const sms = testClient(server, { retryOptions: { maxRetryDelayInMs: 3_600_000 } });
    const error = await rejection(sms.send(request, { abortSignal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", code: "aborted", cause: { message: "enough" } });
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    expect(server.requests).toHaveLength(1);
  });
});

describe("the suppression check", () => {
  it("is made before every attempt: a STOP between two takes its person out of the second", async () => {
    const suppression = testSuppression();
    const [stays, leaves] = people(2) as [string, string];
    await using server = await ScriptedServer.start(async (seen, index) => {
      if (index > 0) return accepted(seen);
      await suppression.handleMessage({ from: leaves, to: sender, message: "STOP" });
      return { status: 429 };
    });
    const results = await testClient(server, { suppression }).send({ ...request, to: [stays, leaves] });

    expect(results.map(({ status }) => status)).toEqual(["accepted", "suppressed"]);
    expect(server.requests.map(({ body }) => body.smsRecipients.map(({ to }) => to))).toEqual([
      [stays, leaves],
      [stays],
    ]);
  });

  it("says unknown of a person who left after an attempt that may have arrived", async () => {
    const suppression = testSuppression();
    const [stays, leaves] = people(2) as [string, string];
    await using server = await ScriptedServer.start(async (seen, index) => {
      if (index > 0) return accepted(seen);
      await suppression.handleMessage({ from: leaves, to: sender, message: "STOP" });
      return { drop: true };
    });
    const results = await testClient(server, { suppression }).send({ ...request, to: [stays, leaves] });
    expect(results.map(({ status }) => status)).toEqual(["accepted", "unknown"]);
  });

  it("stops the second attempt where the store fails by then", async () => {
    let isDown = false;
    const suppression = testSuppression();
    const check = suppression.check.bind(suppression);
    suppression.check = async (...args) => {
      if (isDown) throw new TypeError("the store is down");
      return check(...args);
    };
    await using server = await ScriptedServer.start(() => {
      isDown = true;
      return { status: 429 };
    });
    const error = await rejection(testClient(server, { suppression }).send(request));
    expect(error.message).toBe("the store is down");
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    expect(server.requests).toHaveLength(1);
  });
});

describe("identity", () => {
  it("is the same for the same key, sender and recipient, and another for any other", async () => {
    await using server = await ScriptedServer.start(accepted);
    const sms = testClient(server);
    const idempotency = { key: "appointment 12" };
    await sms.send(request, { idempotency });
    await sms.send(request, { idempotency });
    await sms.send({ ...request, from: "+18005550000" }, { idempotency });
    await sms.send(request, { idempotency: { key: "appointment 13" } });
    await sms.send(request);
    await sms.send(request);
    const [first, again, ...others] = server.requests.map(
      ({ body }) => body.smsRecipients[0]?.repeatabilityRequestId,
    );
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(5);
  });

  it("is another for a key that was cut in another emoji", async () => {
    await using server = await ScriptedServer.start(accepted);
    const sms = testClient(server);
    for (const title of ["call 😀", "call 🤖"])
      await sms.send(request, { idempotency: { key: title.slice(0, 6) } });
    const ids = server.requests.map(({ body }) => body.smsRecipients[0]?.repeatabilityRequestId);
    expect(new Set(ids).size).toBe(2);
  });

  it("is repeated with the time it was first sent at", async () => {
    await using server = await ScriptedServer.start(accepted);
    const firstSentAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
    await testClient(server).send(request, { idempotency: { key: "k", firstSentAt } });
    expect(server.requests[0]?.body.smsRecipients[0]?.repeatabilityFirstSent).toBe(firstSentAt.toUTCString());
  });

  it("can have a first time that was written down before, and keeps it over a refusal", async () => {
    await using server = await serverAnswering({ status: 429, headers: { "retry-after-ms": "1100" } });
    const firstSentAt = new Date(Date.now() - 301_000);
    const idempotency = { key: "k", firstSentAt, isRepeat: false };
    expect((await testClient(server).send(request, { idempotency })).map(({ status }) => status)).toEqual([
      "accepted",
    ]);
    const times = server.requests.map(({ body }) => body.smsRecipients[0]?.repeatabilityFirstSent);
    expect(times).toEqual([firstSentAt.toUTCString(), firstSentAt.toUTCString()]);
  });

  it("leaves a message unsent, not unknown, where its first try was refused", async () => {
    await using server = await ScriptedServer.start(() => ({ status: 400 }));
    const idempotency = { key: "k", firstSentAt: new Date(), isRepeat: false };
    const error = await rejection(testClient(server).send(request, { idempotency }));
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
  });

  it("is not repeated past the window in which the service knows it", async () => {
    await using server = await ScriptedServer.start(accepted);
    const firstSentAt = new Date(Date.now() - 301_000);
    const idempotency = { key: "k", firstSentAt };
    const error = await rejection(testClient(server).send(request, { idempotency }));
    expect(error).toMatchObject({ code: "repeatability-window-passed" });
    expect(error.results).toMatchObject([{ status: "unknown", idempotency }]);
    expect(server.requests).toHaveLength(0);

    const patient = testClient(server, { repeatabilityWindowInSeconds: 3600 });
    expect((await patient.send(request, { idempotency })).map(({ status }) => status)).toEqual(["accepted"]);
  });

  it("is not repeated past the window by a retry either", async () => {
    await using server = await serverAnswering({ status: 503, headers: { "Retry-After": "1" } });
    const sms = testClient(server, { repeatabilityWindowInSeconds: 1 });
    const error = await rejection(sms.send(request));
    expect(error).toMatchObject({ code: "repeatability-window-passed" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unknown"]);
    expect(server.requests).toHaveLength(1);
  });
});
