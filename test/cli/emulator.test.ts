import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { spawn } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { afterEach, beforeAll, describe, expect, test } from "vitest";

import { SmsClient } from "acs-sms";

import { emulator } from "../../src/cli/commands/emulator/emulator.js";
import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { freePort } from "../support/services/free-port.js";
import { acsSms, commandPath, runHere } from "./command-line.js";
import { workplace } from "./workplace.js";

const [person] = canary.numbers;
const running: { kill: (signal: NodeJS.Signals) => Promise<number | null> }[] = [];

beforeAll(requireBuild);
afterEach(async () => {
  for (const { kill } of running.splice(0)) await kill("SIGKILL");
});

/** Starts the built command, and waits for its first line. */
async function start(args: readonly string[]) {
  const child = spawn(process.execPath, [commandPath, "emulator", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const closed = once(child, "close");
  const kill = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    await closed;
    return child.exitCode;
  };
  running.push({ kill });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (args.includes("--json") || args.includes("--quiet") || line.includes("toll-free")) break;
  }
  return { lines, errors: () => said, kill };
}

describe("acs-sms emulator", () => {
  test("can be sent to with what it prints, until Ctrl-C, which is a good end", async () => {
    const { lines, kill } = await start(["--port", "0"]);
    expect(lines[0]).toMatch(
      /^The emulator is ready at http:\/\/127\.0\.0\.1:\d+: open it in a browser\. Ctrl-C ends it\.$/,
    );
    const connectionString =
      /^COMMUNICATION_SERVICES_CONNECTION_STRING="(.+)"$/.exec(lines[2] ?? "")?.[1] ?? "";
    const sms = new SmsClient(connectionString, { allowInsecureConnection: true });
    const [result] = await sms.send({ from: "+18005551234", to: [person], message: canary.text });
    expect(result?.status).toBe("accepted");
    expect(await kill("SIGINT")).toBe(0);
  });

  test("has the same connection string each time, for the same port", async () => {
    const port = String(await freePort());
    const strings: unknown[] = [];
    for (let time = 0; time < 2; time += 1) {
      const { lines, kill } = await start(["--port", port, "--json"]);
      strings.push(JSON.parse(lines[0] ?? "").connectionString);
      await kill("SIGTERM");
    }
    expect(strings[0]).toMatch(new RegExp(`^endpoint=http://127\\.0\\.0\\.1:${port}/;accesskey=`));
    expect(strings[1]).toBe(strings[0]);
  });

  test("has the senders and webhooks that it is given", async () => {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(String(request.headers["aeg-event-type"]));
      response.end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const asked = once(server, "request");
    const { port } = server.address() as AddressInfo;
    const senders = ["--sender", "12345=short-code", "--sender", "+18885550100=toll-free"];
    const webhook = ["--webhook", `http://127.0.0.1:${port}/sms`];
    const { lines, kill } = await start(["--port", "0", "--json", ...senders, ...webhook]);
    await asked;
    expect(JSON.parse(lines[0] ?? "").senders).toMatchObject([
      { number: "12345", kind: "short-code" },
      { number: "+18885550100", kind: "toll-free" },
    ]);
    expect(requests).toEqual(["SubscriptionValidation"]);
    await kill("SIGINT");
    server.close();
    server.closeAllConnections();
  });

  test.for([
    ["a port that is none", ["--port", "many"], "--port takes a number from 0 to 65535."],
    ["a port out of range", ["--port", "65536"], "Expected `port` to be an integer from 0 to 65535"],
    ["a kind that is none", ["--sender", "+18005551234=free"], "--sender takes <sender>=<kind>"],
    ["a sender without its kind", ["--sender", "+18005551234"], "--sender takes <sender>=<kind>"],
    ["a webhook that is none", ["--port", "0", "--webhook", "nowhere"], "webhooks[0].url"],
  ] as const)("refuses %s", async ([, args, words]) => {
    const ended = await runHere(["emulator", ...args]);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain(words);
  });

  test("prints nothing but the connection string when it is to be quiet", async () => {
    const { lines, kill } = await start(["--port", "0", "--quiet"]);
    expect(lines).toEqual([expect.stringMatching(/^endpoint=http:\/\/127\.0\.0\.1:\d+\/;accesskey=\S+$/)]);
    expect(await kill("SIGINT")).toBe(0);
  });

  test("logs each request on standard error, and nothing private", async () => {
    const { lines, errors, kill } = await start(["--port", "0", "--json"]);
    const { connectionString, endpoint } = JSON.parse(lines[0] ?? "");
    const sms = new SmsClient(connectionString, { allowInsecureConnection: true });
    await sms.send({ from: "+18005551234", to: [person], message: canary.text });
    await fetch(`${endpoint}/sms?api-version=2021-03-07`, { method: "POST", body: "{}" });
    await kill("SIGINT");
    expect(errors().split("\n")).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d POST \/sms 2021-03-07 → 202 \(1 recipient\)$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d POST \/sms 2021-03-07 → 401 \(signature: missing\)$/),
      "",
    ]);
  });

  test("keeps its senders, and who opted out, in a file for the next time", async () => {
    await using place = await workplace();
    const state = ["--state", join(place.folder, "state.json")];
    const first = await start(["--port", "0", "--json", ...state, "--sender", "12345=short-code:CA"]);
    const resource = JSON.parse(first.lines[0] ?? "");
    const typed = await fetch(
      `${resource.endpoint}/_emulator/phones/${encodeURIComponent(person)}/messages`,
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ to: "12345", message: "STOP" }),
      },
    );
    expect(typed.status).toBe(201);
    expect(await first.kill("SIGINT")).toBe(0);
    const second = await start(["--port", "0", "--json", ...state]);
    const { endpoint, senders } = JSON.parse(second.lines[0] ?? "");
    expect(senders).toEqual([{ number: "12345", kind: "short-code", country: "CA" }]);
    const messages = await fetch(`${endpoint}/_emulator/messages`).then((answer) => answer.json());
    expect(messages).toMatchObject({ value: [{ kind: "inbound", phone: person, message: "STOP" }] });
  });

  test("speaks HTTPS with a certificate that it keeps, and says how to trust it", async () => {
    await using place = await workplace();
    const certificate = join(place.folder, "new folder", "emulator.pem");
    const https = ["--port", "0", "--https", "--certificate", certificate];
    const { lines, kill } = await start(https);
    expect(lines).toContainEqual(
      expect.stringMatching(
        new RegExp(`^ *Node +export NODE_EXTRA_CA_CERTS="${certificate.replaceAll(/[.\\]/g, "\\$&")}"$`),
      ),
    );
    const connectionString =
      /^COMMUNICATION_SERVICES_CONNECTION_STRING="(.+)"$/.exec(lines[2] ?? "")?.[1] ?? "";
    const ca = await readFile(certificate, "utf8");
    const sms = new SmsClient(connectionString, { tlsOptions: { ca } });
    const [result] = await sms.send({ from: "+18005551234", to: [person], message: canary.text });
    expect(result?.status).toBe("accepted");
    expect((await stat(certificate.replace(".pem", ".key"))).mode & 0o777).toBe(0o600);
    await kill("SIGINT");
    const again = await start([...https, "--json"]);
    expect(JSON.parse(again.lines[0] ?? "")).toMatchObject({ certificatePath: certificate });
    expect(await readFile(certificate, "utf8")).toBe(ca);
  });

  test("says so where the port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await acsSms(["emulator", "--port", String(port)]);
    server.close();
    expect(code).toBe(1);
    expect(stderr).toContain("EADDRINUSE");
  });

  test("shows only examples that begin with what it is called by", () => {
    for (const line of emulator.examples) expect(line).toMatch(/^acs-sms emulator/);
  });
});
