import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { afterEach, beforeAll, describe, expect, test } from "vitest";

import { SmsClient } from "acs-sms";

import { emulator } from "../../src/cli/commands/emulator.js";
import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { freePort } from "../support/services/free-port.js";
import { acsSms, commandPath, runHere } from "./command-line.js";

const [person] = canary.numbers;
const running: { kill: (signal: NodeJS.Signals) => Promise<number | null> }[] = [];

beforeAll(requireBuild);
afterEach(async () => {
  for (const { kill } of running.splice(0)) await kill("SIGKILL");
});

/** Starts the built command, and waits for its first line. */
async function start(args: readonly string[]) {
  const child = spawn(process.execPath, [commandPath, "emulator", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
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
    if (args.includes("--json") || line.includes("toll-free")) break;
  }
  return { lines, kill };
}

describe("acs-sms emulator", () => {
  test("can be sent to with what it prints, until Ctrl-C, which is a good end", async () => {
    const { lines, kill } = await start(["--port", "0"]);
    expect(lines[0]).toMatch(/^The emulator is ready at http:\/\/127\.0\.0\.1:\d+\. Ctrl-C ends it\.$/);
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
