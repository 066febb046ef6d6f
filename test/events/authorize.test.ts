import { describe, expect, it, vi } from "vitest";

import { sharedSecret } from "../../src/events/authorize.js";
import { createSmsWebhook } from "../../src/events/webhook.js";
import { wrong } from "../support/wrong.js";
import { delivery, watchLog, type RequestChanges } from "./support.js";

const [current, previous] = ["the new secret", "the old secret"];
const header = "x-sms-webhook-secret";
const address = "https://example.com/sms";

async function deliver(secrets: readonly string[], changes: RequestChanges = {}) {
  const handle = vi.fn(async () => []);
  const request = delivery([], changes);
  const response = await createSmsWebhook({ handle }, { authorize: sharedSecret(...secrets) })(request);
  return { status: response.status, text: await response.text(), wasRead: request.bodyUsed, handle };
}

const inQuery = (secret: string): RequestChanges => ({
  url: `${address}?code=${encodeURIComponent(secret)}`,
});
const inHeader = (secret: string): RequestChanges => ({ url: address, headers: { [header]: secret } });

describe("a shared secret", () => {
  it.each([
    ["in the query", inQuery(current)],
    ["in the header", inHeader(current)],
    ["in the query, the one that is rotated out", inQuery(previous)],
    ["in the header, the one that is rotated out", inHeader(previous)],
    ["in one of two parameters", { url: `${address}?code=x&code=${encodeURIComponent(current)}` }],
    ["in the header beside a wrong one", { url: `${address}?code=x`, headers: { [header]: current } }],
    ["among other parameters", { url: `${address}?a=b&code=${encodeURIComponent(current)}&c` }],
  ])("lets in who brings it %s", async (_, changes) => {
    const { status, handle } = await deliver([current, previous], changes);
    expect(status).toBe(200);
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it("is compared whole, with all its characters", async () => {
    const odd = "a+b/c=&?#% ü€";
    expect((await deliver([odd], inQuery(odd))).status).toBe(200);
    expect((await deliver([odd], inQuery(odd.slice(0, -1)))).status).toBe(401);
  });

  it.each([
    ["nothing", {}],
    ["a wrong one in the query", inQuery("wrong")],
    ["a wrong one in the header", inHeader("wrong")],
    ["an empty one", inQuery("")],
    ["a longer one", inQuery(`${current} `)],
    ["a shorter one", inQuery(current.slice(1))],
    ["one in another case", inQuery(current.toUpperCase())],
    ["both in one", inHeader(`${current}, ${previous}`)],
    ["it in another parameter", { url: `${address}?Code=${encodeURIComponent(current)}` }],
    ["it in the path", { url: `${address}/${encodeURIComponent(current)}` }],
    ["it as a token", { headers: { authorization: `Bearer ${current}` } }],
  ])("turns away who brings %s, before anything is read, and says so loudly", async (_, changes) => {
    const lines = watchLog();
    const { status, text, wasRead, handle } = await deliver([current, previous], changes);
    expect(status).toBe(401);
    expect(wasRead).toBe(false);
    expect(handle).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(lines.join("\n")).toMatch(/answered 401.*lost/));
    for (const secret of [current, previous]) expect([text, ...lines].join("\n")).not.toContain(secret);
  });

  it("that was rotated out no longer lets in", async () => {
    expect((await deliver([current], inQuery(previous))).status).toBe(401);
  });

  it.each([[[]], [[""]], [["good", ""]], [[undefined]], [[7]], [[["good"]]]])(
    "is refused as %j, and the error shows none",
    (secrets) => {
      const create = () => sharedSecret(...wrong<string[]>(secrets));
      expect(create).toThrow(TypeError);
      expect(create).not.toThrow("good");
    },
  );
});

describe("an authoriser of one's own", () => {
  it.each([401, 403, 503] as const)("turns away with %i", async (status) => {
    const lines = watchLog();
    const authorize = async () => ({ isAllowed: false as const, status, reason: "of the weather" });
    const handle = vi.fn(async () => []);
    const request = delivery([]);
    expect((await createSmsWebhook({ handle }, { authorize })(request)).status).toBe(status);
    expect(request.bodyUsed).toBe(false);
    expect(handle).not.toHaveBeenCalled();
    const fate = status === 503 ? "it will be repeated" : "lost";
    await vi.waitFor(() => expect(lines.join("\n")).toContain(fate));
    expect(lines.join("\n")).toContain("of the weather");
  });
});
