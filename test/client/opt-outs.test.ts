import { describe, expect, it } from "vitest";

import { people, person, rejection, sender, testClient } from "../support/clients.js";
import { ScriptedServer, type SeenRequest } from "../support/scripted-server.js";

function done({ body }: SeenRequest, isOptedOut?: boolean) {
  return {
    status: 200,
    body: { value: body.recipients.map(({ to }) => ({ to, httpStatusCode: 200, isOptedOut })) },
  };
}

describe("optOuts", () => {
  it("adds to, removes from and reads the service's list", async () => {
    await using server = await ScriptedServer.start((seen) =>
      done(seen, seen.url.includes("check") ? true : undefined),
    );
    const { optOuts } = testClient(server);
    expect(await optOuts.add(sender, [person])).toEqual([
      { to: person, httpStatusCode: 200, errorMessage: "" },
    ]);
    expect(await optOuts.remove(sender, [person])).toEqual([
      { to: person, httpStatusCode: 200, errorMessage: "" },
    ]);
    expect(await optOuts.check(sender, [person])).toEqual([
      { to: person, httpStatusCode: 200, errorMessage: "", isOptedOut: true },
    ]);
    expect(server.requests.map(({ url }) => url)).toEqual([
      "/sms/optouts:add?api-version=2026-01-23",
      "/sms/optouts:remove?api-version=2026-01-23",
      "/sms/optouts:check?api-version=2026-01-23",
    ]);
    expect(server.requests[0]?.rawBody).toBe(`{"from":"${sender}","recipients":[{"to":"${person}"}]}`);
  });

  it("takes any number of recipients, 100 a request, and answers in order", async () => {
    await using server = await ScriptedServer.start((seen) => done(seen, false));
    const to = people(230);
    const results = await testClient(server).optOuts.check(sender, to);
    expect(results.map((result) => result.to)).toEqual(to);
    expect(server.requests.map(({ body }) => body.recipients.length)).toEqual([100, 100, 30]);
  });

  it("never says of a failed check that the recipient has not opted out", async () => {
    const [first, second, third, fourth] = people(4) as [string, string, string, string];
    await using server = await ScriptedServer.start(() => ({
      status: 200,
      body: {
        value: [
          { to: second, httpStatusCode: 400, errorMessage: `Invalid recipient ${second}` },
          { to: first, httpStatusCode: 200, isOptedOut: false },
          { to: third, httpStatusCode: 200 },
        ],
      },
    }));
    const results = await testClient(server).optOuts.check(sender, [first, second, third, fourth]);
    expect(results.map(({ isOptedOut }) => isOptedOut)).toEqual([false, undefined, undefined, undefined]);
    expect(results.map(({ error }) => error instanceof Error)).toEqual([false, true, true, true]);
    expect(results[1]?.error).toMatchObject({ code: "recipient-rejected" });
    expect(results[1]?.errorMessage).not.toContain(second);
    expect(results[3]?.error).toMatchObject({ code: "answer-incomplete" });
    for (const result of results.slice(1)) expect("isOptedOut" in result).toBe(false);
  });

  it("rejects with the service's refusal", async () => {
    await using server = await ScriptedServer.start(() => ({
      status: 400,
      body: { error: { code: "InvalidInput", message: "Request parameter   is invalid.", target: "" } },
    }));
    const error = await rejection(testClient(server).optOuts.add(sender, ["+123"]));
    expect(error).toMatchObject({ name: "RestError", statusCode: 400, code: "InvalidInput" });
  });

  it("refuses malformed arguments", async () => {
    await using server = await ScriptedServer.start((seen) => done(seen));
    const { optOuts } = testClient(server);
    expect((await rejection(optOuts.add("", [person]))).message).toContain("`from`");
    expect((await rejection(optOuts.add(sender, []))).message).toContain("`to`");
    expect(server.requests).toHaveLength(0);
  });
});
