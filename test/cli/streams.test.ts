import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";

import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";

import { messageOf } from "../../src/cli/explain.js";
import { ResultStream } from "../../src/cli/output/result-stream.js";
import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { ScriptedServer } from "../support/scripted-server.js";
import { fact } from "../support/stores.js";
import { acsSms, commandPath, FakeScreen, runHere } from "./command-line.js";
import { workplace, type Workplace } from "./workplace.js";

let place: Workplace;
const store = "sqlite:opt-outs.db";
/** More than a pipe holds. */
const many = 5000;

beforeAll(async () => {
  requireBuild();
  place = await workplace();
  await acsSms(["suppression", "init", "--store", store], { cwd: place.folder });
  await using opened = new SqliteSuppressionStore(join(place.folder, "opt-outs.db"));
  const facts = Array.from({ length: many }, (_, index) =>
    fact({ recipient: `+1425556${String(index).padStart(4, "0")}` }),
  );
  await opened.record(facts);
  return () => place[Symbol.asyncDispose]();
});

describe("standard output", () => {
  test("carries more than a pipe holds", async () => {
    const { code, stdout } = await acsSms(["suppression", "list", "--store", store], { cwd: place.folder });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(many);
  });

  test("may be left by its reader", async () => {
    const child = spawn(process.execPath, [commandPath, "suppression", "list", "--store", store], {
      cwd: place.folder,
    });
    await once(child.stdout, "data");
    child.stdout.destroy();
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("is written no faster than it is read", async () => {
    const stream = new PassThrough({ highWaterMark: 8 });
    const results = new ResultStream(stream, () => undefined);
    let isWritten = false;
    const writing = results.write("more than it holds").then(() => (isWritten = true));
    await setImmediate();
    expect(isWritten).toBe(false);
    stream.resume();
    await writing;
  });

  test.runIf(process.platform === "linux")("that is full is a failure", async () => {
    const command = `"${process.execPath}" "${commandPath}" suppression list --store ${store} > /dev/full`;
    const child = spawn("sh", ["-c", command], { cwd: place.folder });
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Failed: .*ENOSPC/);
  });
});

describe("Ctrl-C", () => {
  const send = ["send", "--from", "+18005551234", "--to", canary.numbers[0], "--no-suppression"];

  test.for([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("(%s) ends a send that waits for its answer, in good order", async ([signal, expected]) => {
    const asked = Promise.withResolvers<void>();
    await using server = await ScriptedServer.start(() => {
      asked.resolve();
      return { hang: true };
    });
    const connectionString = `endpoint=${server.endpoint};accesskey=${canary.accessKey}`;
    const { code, stdout, stderr } = await acsSms([...send, "--message", canary.text], {
      env: { COMMUNICATION_SERVICES_CONNECTION_STRING: connectionString },
      onStarted: (kill) => void asked.promise.then(() => kill(signal)),
    });
    expect(code).toBe(expected);
    // It was on its way, so nobody knows.
    expect(stdout).toMatch(/^\+14255550123 +unknown/);
    expect(stderr).toMatch(/Ended before it was done\.\n$/);
  });

  test("ends the reading of standard input", async () => {
    const ending = new AbortController();
    const running = runHere(["segments"], { stdin: new PassThrough(), abortSignal: ending.signal });
    ending.abort(130);
    expect(await running).toEqual({ code: 130, stdout: "", stderr: "Ended before it was done.\n" });
  });
});

describe("Ctrl-C in long work", () => {
  test("keeps what is done, and says that the rest can follow", async () => {
    const ending = new AbortController();
    const stdin = new PassThrough();
    const stderr = new FakeScreen({ isTTY: true });
    // The bar is drawn when the first batch is in.
    stderr.once("data", () => ending.abort(130));
    const rows = Array.from({ length: 1500 }, (_, index) => `+1425557${String(index).padStart(4, "0")}\n`);
    stdin.write(`recipient\n${rows.join("")}`);
    const args = ["suppression", "import", "--sender", "*", "--state", "opted-out", "--as-of", "now"];
    const running = runHere([...args, "--store", store], {
      stdin,
      stderr,
      folder: place.folder,
      abortSignal: ending.signal,
    });
    expect(await running).toMatchObject({ code: 130, stdout: "" });
    expect(stderr.text).toMatch(/About 1,000 rows were done with\. .*\nEnded before it was done\.\n$/);
    const check = ["suppression", "check", "--sender", "1", "+14255570000", "--store", store];
    expect((await runHere(check, { folder: place.folder })).code).toBe(3);
  });
});

describe("what goes wrong inside", () => {
  test("is said with its causes, and nothing private of them", () => {
    const cause = new Error(`no such key: secret key, ${canary.numbers[0]}\u001b[2J`);
    const error = new Error("The database failed", { cause });
    expect(messageOf(error, ["secret key"])).toBe(
      "The database failed. no such key: [redacted], +***0123\\u001b[2J.",
    );
    expect(messageOf(Object.assign(new Error(""), { code: "ECONNREFUSED" }), [])).toBe("ECONNREFUSED.");
  });

  test("is said in short, and with --verbose in full", async () => {
    const now = (): never => {
      throw new TypeError(`a mistake about ${canary.numbers[0]}`);
    };
    const short = await runHere(["doctor"], { now });
    expect(short).toMatchObject({
      code: 1,
      stderr: "Failed: a mistake about +***0123.\nMore with --verbose.\n",
    });
    const long = await runHere(["doctor", "--verbose"], { now });
    expect(long.stderr).toMatch(/TypeError\]?: a mistake about \+\*\*\*0123\n +at /);
  });
});
