import fc from "fast-check";
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from "jose";
import { beforeAll, describe, expect, it, vi } from "vitest";

import { entraToken, type EntraTokenOptions } from "../../src/events/entra-token.js";
import { createSmsWebhook } from "../../src/events/webhook.js";
import { wrong } from "../support/wrong.js";
import { delivery, listen, watchLog, type Listening } from "./support.js";

const tenantId = "11111111-2222-3333-4444-555555555555";
const audience = "api://the-webhook";
const role = "AzureEventGridSecureWebhookSubscriber";
const issuers = [
  `https://sts.windows.net/${tenantId}/`,
  `https://login.microsoftonline.com/${tenantId}/v2.0`,
] as const;

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let keys: Keys;
let strangers: Keys;

beforeAll(async () => {
  keys = await generateKeyPair("RS256", { extractable: true });
  strangers = await generateKeyPair("RS256", { extractable: true });
});

const now = (): number => Math.floor(Date.now() / 1000);

/** Good claims, with changes; `undefined` takes one away. */
function claims(changes: Record<string, unknown> = {}): JWTPayload {
  return { iss: issuers[0], aud: audience, roles: [role], exp: now() + 600, nbf: now() - 10, ...changes };
}

async function token(payload: JWTPayload, { privateKey } = keys, kid = "one"): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);
}

/** A key server; how often it was asked, and what it answers, are the test's. */
async function keyServer(status = 200, body?: string): Promise<Listening & { readonly asked: () => number }> {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" };
  let asked = 0;
  const server = await listen((_, response) => {
    asked += 1;
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(body ?? JSON.stringify({ keys: [jwk] }));
  });
  return { ...server, asked: () => asked };
}

async function deliver(keysUrl: string, bearer?: string, options: Partial<EntraTokenOptions> = {}) {
  const handle = vi.fn(async () => []);
  const authorize = entraToken({ tenantId, audience, keysUrl, ...options });
  const request = delivery([], bearer === undefined ? {} : { headers: { authorization: bearer } });
  const { status } = await createSmsWebhook({ handle }, { authorize })(request);
  expect(handle).toHaveBeenCalledTimes(status === 200 ? 1 : 0);
  expect(request.bodyUsed).toBe(status === 200);
  return status;
}

describe("a token of Entra ID", () => {
  it.each(issuers)("of the issuer %s is let in", async (iss) => {
    await using server = await keyServer();
    expect(await deliver(server.url, `Bearer ${await token(claims({ iss }))}`)).toBe(200);
  });

  it("is let in with other roles, another scheme case, a role of one's own", async () => {
    await using server = await keyServer();
    const several = await token(claims({ roles: ["Other", role] }));
    expect(await deliver(server.url, `bearer ${several}`)).toBe(200);
    const own = await token(claims({ roles: ["Mine"] }));
    expect(await deliver(server.url, `Bearer ${own}`, { role: "Mine" })).toBe(200);
    expect(await deliver(server.url, `Bearer ${several}`, { role: "Mine" })).toBe(403);
  });

  it("is checked with keys that are asked for once", async () => {
    await using server = await keyServer();
    const authorize = entraToken({ tenantId, audience, keysUrl: server.url });
    const headers = { authorization: `Bearer ${await token(claims())}` };
    for (let count = 0; count < 5; count += 1)
      expect(await authorize(delivery([], { headers }))).toEqual({ isAllowed: true });
    expect(server.asked()).toBe(1);
  });

  it.each<[string, number, () => JWTPayload]>([
    ["another tenant", 401, () => claims({ iss: "https://sts.windows.net/another/" })],
    ["no issuer", 401, () => claims({ iss: undefined })],
    ["another audience", 401, () => claims({ aud: "api://another" })],
    ["no audience", 401, () => claims({ aud: undefined })],
    ["a time that is over", 401, () => claims({ exp: now() - 60 })],
    ["a time that is to come", 401, () => claims({ nbf: now() + 600 })],
    ["no role", 403, () => claims({ roles: undefined })],
    ["other roles", 403, () => claims({ roles: ["Reader"] })],
    ["a role that is no list", 403, () => claims({ roles: role })],
    ["a role in another case", 403, () => claims({ roles: [role.toLowerCase()] })],
  ])("with %s is turned away with %i, loudly", async (_, status, payload) => {
    const lines = watchLog();
    await using server = await keyServer();
    const bearer = await token(payload());
    expect(await deliver(server.url, `Bearer ${bearer}`)).toBe(status);
    await vi.waitFor(() => expect(lines.join("\n")).toMatch(new RegExp(`answered ${status}.*lost`)));
    expect(lines.join("\n")).not.toContain(bearer);
  });

  it("that never expires is turned away", async () => {
    await using server = await keyServer();
    expect(await deliver(server.url, `Bearer ${await token(claims({ exp: undefined }))}`)).toBe(401);
  });

  it("of a strange key is turned away, under its own name or ours", async () => {
    await using server = await keyServer();
    for (const kid of ["one", "two"])
      expect(await deliver(server.url, `Bearer ${await token(claims(), strangers, kid)}`)).toBe(401);
  });

  it("that is unsigned, or signed with the public key as a secret, is turned away", async () => {
    await using server = await keyServer();
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const none = `${part({ alg: "none", kid: "one" })}.${part(claims())}.`;
    const publicKey = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
    const hmac = await new SignJWT(claims()).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(publicKey);
    for (const bearer of [none, hmac]) expect(await deliver(server.url, `Bearer ${bearer}`)).toBe(401);
  });

  it("that is changed in one place is turned away", async () => {
    await using server = await keyServer();
    const [head, payload, signature] = (await token(claims())).split(".");
    const forged = Buffer.from(JSON.stringify(claims({ roles: [role, "more"] }))).toString("base64url");
    expect(payload).not.toBe(forged);
    expect(await deliver(server.url, `Bearer ${head}.${forged}.${signature}`)).toBe(401);
  });

  it("that is missing or garbage is turned away", async () => {
    await using server = await keyServer();
    const good = await token(claims());
    const garbage = [undefined, "", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", `Basic ${good}`, good];
    for (const bearer of [...garbage, `Bearer ${good} ${good}`])
      expect(await deliver(server.url, bearer), bearer).toBe(401);
  });

  it("of any characters is turned away with 401 or 403", async () => {
    await using server = await keyServer();
    const authorize = entraToken({ tenantId, audience, keysUrl: server.url });
    const [head = "", payload = "", signature = ""] = (await token(claims())).split(".");
    const parts = fc.oneof(
      fc.constantFrom(head, payload, signature, ""),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
      fc.base64String(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 5 }), async (made) => {
        const joined = made.join(".");
        fc.pre(joined !== [head, payload, signature].join("."));
        const headers = { authorization: `Bearer ${joined}` };
        expect(await authorize(delivery([], { headers }))).toMatchObject({ isAllowed: false, status: 401 });
      }),
    );
  });
});

describe("the key server", () => {
  it.each<[string, number, string | undefined]>([
    ["fails", 500, undefined],
    ["answers something that is no JSON", 200, "<html>"],
    ["answers something that is no set of keys", 200, '{"error":"busy"}'],
    ["sends elsewhere", 302, undefined],
  ])("that %s makes the delivery come again", async (_, status, body) => {
    const lines = watchLog();
    await using server = await keyServer(status, body);
    expect(await deliver(server.url, `Bearer ${await token(claims())}`)).toBe(503);
    await vi.waitFor(() => expect(lines.join("\n")).toMatch(/answered 503.*will be repeated/));
  });

  it("that is down makes the delivery come again, until it is up", async () => {
    const server = await keyServer();
    await server[Symbol.asyncDispose]();
    const authorize = entraToken({ tenantId, audience, keysUrl: server.url });
    const headers = { authorization: `Bearer ${await token(claims())}` };
    expect(await authorize(delivery([], { headers }))).toMatchObject({ isAllowed: false, status: 503 });
  });

  it("is not asked where no token came", async () => {
    await using server = await keyServer();
    expect(await deliver(server.url)).toBe(401);
    expect(server.asked()).toBe(0);
  });
});

describe("the options of entraToken", () => {
  it.each([
    ["tenantId", undefined],
    ["tenantId", { audience }],
    ["tenantId", { tenantId: "", audience }],
    ["audience", { tenantId }],
    ["audience", { tenantId, audience: 7 }],
  ])("are refused for a bad `%s`", (name, options) => {
    expect(() => entraToken(wrong(options))).toThrow(`\`${name}\``);
  });
});
