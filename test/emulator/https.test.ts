import { spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request, type RequestOptions } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { SmsClient as OfficialClient } from "@azure/communication-sms";
import { SmsClient as BetaClient } from "communication-sms-beta";
import { describe, expect, it, onTestFinished } from "vitest";
import { SmsClient } from "../../src/client/sms-client.js";
import type { Emulator } from "../../src/emulator/index.js";
import { createCertificate } from "../../src/emulator/server/certificate.js";
import { leakWatch } from "../support/canary.js";
import { received, validationIn } from "./receiver.js";
import { ann, emulated, sender, texts } from "./wire.js";

const message = { from: sender, to: [ann], message: "Hello" };
const day = 86_400_000;

/** One request by hand; resolves with the status and the body. */
function ask(
  url: string,
  options: RequestOptions,
): Promise<readonly [status: number | undefined, body: string]> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, ...options });
    outgoing.on("error", reject).on("response", (incoming) => {
      text(incoming).then((body) => resolve([incoming.statusCode, body]), reject);
    });
    outgoing.end();
  });
}

function resource(emulator: Emulator): string {
  return `${emulator.endpoint}/_emulator/resource`;
}

describe("https: true", () => {
  type Trust = { readonly tlsOptions: { readonly ca: string } };

  it.each([
    ["ours", (connectionString: string, trust: Trust) => new SmsClient(connectionString, trust)],
    [
      "official, 1.1.0",
      (connectionString: string, trust: Trust) => new OfficialClient(connectionString, trust),
    ],
    ["official, beta", (connectionString: string, trust: Trust) => new BetaClient(connectionString, trust)],
  ])("serves a client that trusts the certificate: %s", async (_, create) => {
    const emulator = await emulated({ https: true });
    expect(emulator.endpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(emulator.connectionString).toContain(`endpoint=${emulator.endpoint}/;`);
    const client = create(emulator.connectionString, { tlsOptions: { ca: emulator.certificate ?? "" } });
    expect(await client.send(message)).toMatchObject([{ successful: true }]);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
    expect(emulator.requests()).toMatchObject([{ signature: "valid", status: 202 }]);
  });

  it.each([
    ["none", async () => undefined],
    ["another emulator's", async () => (await createCertificate()).certificate],
  ])("is refused by a client that trusts another certificate: %s", async (_, trusted) => {
    const emulator = await emulated({ https: true });
    await expect(ask(resource(emulator), { ca: await trusted() })).rejects.toMatchObject({
      code: expect.stringMatching(/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/),
    });
    const ca = await trusted();
    const options = { retryOptions: { maxRetries: 0 }, ...(ca === undefined ? {} : { tlsOptions: { ca } }) };
    await expect(new SmsClient(emulator.connectionString, options).send(message)).rejects.toMatchObject({
      name: "RestError",
      statusCode: undefined,
    });
    expect(emulator.requests()).toEqual([]);
  });

  it("serves another process of Node that is told of the certificate", async () => {
    const emulator = await emulated({ https: true });
    const folder = await mkdtemp(join(tmpdir(), "acs-sms-https-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, "emulator.pem");
    await writeFile(file, emulator.certificate ?? "");
    const program = `fetch(${JSON.stringify(resource(emulator))}).then(({ status }) => console.log(status))`;
    expect(await run(program, { NODE_EXTRA_CA_CERTS: file })).toEqual([0, "200\n"]);
    const [code, output] = await run(program, {});
    expect([code, output]).toEqual([1, ""]);
  });

  it("serves the control API under the machine's own names", async () => {
    const emulator = await emulated({ https: true });
    const { certificate: ca, endpoint } = emulator;
    const { port } = new URL(endpoint);
    const origins = [`https://127.0.0.1:${port}`, `https://localhost:${port}`];
    for (const origin of origins) {
      const { host } = new URL(origin);
      const options = { ca, servername: "localhost", headers: { Host: host, Origin: origin } };
      const [status, body] = await ask(resource(emulator), options);
      expect(status).toBe(200);
      expect(JSON.parse(body)).toEqual({ endpoint, connectionString: emulator.connectionString });
    }
    const headers = { Origin: "https://evil.example" };
    expect((await ask(resource(emulator), { ca, headers }))[0]).toBe(403);
  });

  it("gives webhooks a validation URL that is https too", async () => {
    const receiver = await received(() => ({}));
    const emulator = await emulated({ https: true });
    await emulator.addWebhook({ url: receiver.url });
    const [url = ""] = receiver.requests.map((request) => validationIn(request).validationUrl);
    expect(url).toMatch(/^https:/);
    expect(await ask(url, { ca: emulator.certificate })).toMatchObject({ 0: 200 });
    expect(emulator.webhooks()).toMatchObject([{ state: "validated" }]);
  });

  it("speaks no plain HTTP", async () => {
    const emulator = await emulated({ https: true });
    await expect(fetch(resource(emulator).replace("https:", "http:"))).rejects.toThrow("fetch failed");
  });

  it("ends connections that never shook hands, too", async () => {
    const emulator = await emulated({ https: true });
    const silent = connect(Number(new URL(emulator.endpoint).port), "127.0.0.1").on("error", () => undefined);
    await once(silent, "connect");
    // Until it is answered the server has surely taken the connection before it.
    await ask(resource(emulator), { ca: emulator.certificate });
    const ended = once(silent.resume(), "close");
    await emulator.close();
    await ended;
    expect(silent.destroyed).toBe(true);
  });
});

/** Runs a program in a process of its own; resolves with its exit code and what it wrote. */
async function run(program: string, env: Record<string, string>): Promise<readonly [number | null, string]> {
  const child = spawn(process.execPath, ["-e", program], { env, stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => {
    child.kill();
  });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once("exit", resolve).once("error", reject);
  });
  return Promise.all([exit, text(child.stdout)]);
}

describe("the certificate", () => {
  it("names this machine and nobody else, for servers only, and signs for no other", async () => {
    const emulator = await emulated({ https: true });
    const certificate = new X509Certificate(emulator.certificate ?? "");
    expect(certificate.checkHost("localhost")).toBe("localhost");
    for (const address of ["127.0.0.1", "::1"]) expect(certificate.checkIP(address)).toBe(address);
    expect(certificate.subjectAltName?.split(", ")).toHaveLength(3);
    expect(certificate.checkHost("example.com")).toBeUndefined();
    expect(certificate.checkIP("192.0.2.1")).toBeUndefined();
    expect(certificate.ca).toBe(false);
    // What Node calls `keyUsage` is the extended one: it is for servers.
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  it("is valid by now, and for no longer than systems accept", async () => {
    const { certificate: pem } = await createCertificate();
    const { validFromDate, validToDate } = new X509Certificate(pem);
    const now = Date.now();
    expect(validFromDate.getTime()).toBeLessThan(now);
    expect(validToDate.getTime()).toBeGreaterThan(now + 365 * day);
    // A day is how much the beginning may lie in the past, for machines whose clocks are behind.
    expect(validToDate.getTime() - validFromDate.getTime()).toBeLessThan(826 * day);
  });

  it("is another one, with another key, for each emulator", async () => {
    const [one, two] = [await createCertificate(), await createCertificate()];
    expect(one.key).not.toBe(two.key);
    expect(new X509Certificate(one.certificate).serialNumber).not.toBe(
      new X509Certificate(two.certificate).serialNumber,
    );
  });

  it("is there only with https", async () => {
    expect((await emulated()).certificate).toBeUndefined();
    expect((await emulated({ https: false })).certificate).toBeUndefined();
  });

  it("can be one's own", async () => {
    const own = await createCertificate();
    const emulator = await emulated({ https: own });
    expect(emulator.certificate).toBe(own.certificate);
    const client = new SmsClient(emulator.connectionString, { tlsOptions: { ca: own.certificate } });
    expect(await client.send(message)).toMatchObject([{ status: "accepted" }]);
  });
});

describe("a certificate that is none", () => {
  const pair = createCertificate();
  const other = createCertificate();

  it.each<[string, () => Promise<unknown>, string]>([
    [
      "no certificate",
      async () => ({ ...(await pair), certificate: "nonsense" }),
      "`https.certificate` to be a certificate, PEM, got 8 characters that are not",
    ],
    [
      "no key",
      async () => ({ ...(await pair), key: "nonsense" }),
      "`https.key` to be a private key, PEM, got 8 characters that are not",
    ],
    [
      "the two in each other's place",
      async () => ({ certificate: (await pair).key, key: (await pair).certificate }),
      "`https.certificate` to be a certificate, PEM, got ",
    ],
    [
      "a key that is another's",
      async () => ({ ...(await pair), key: (await other).key }),
      "`https` to be a certificate and the private key that belongs to it, got a value of type object",
    ],
    [
      "a certificate without its key",
      async () => ({ certificate: (await pair).certificate }),
      "`https.key` to be a private key, PEM, got undefined",
    ],
    ["a key alone", async () => (await pair).key, "`https` to be an object, got "],
    [
      "something besides",
      async () => ({ ...(await pair), passphrase: "secret" }),
      "`https` to be an object without passphrase, got a value of type object",
    ],
  ])("is refused, and the error shows nothing of a key: %s", async (_, given, wanted) => {
    const https = (await given()) as boolean;
    const error = await emulated({ https }).catch((error: unknown) => error);
    expect(error).toMatchObject({ message: expect.stringContaining(`Expected ${wanted}`) });
    leakWatch.error("the error", error);
    const { key } = await pair;
    const lines = key.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(String(error)).not.toContain(line);
  });
});
