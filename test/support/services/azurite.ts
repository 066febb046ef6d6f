import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { freePort } from "./free-port.js";

/** One of Azurite's services, in a process and a folder of its own. */
export interface Azurite extends AsyncDisposable {
  readonly url: string;
  /**
   * Ends it, so that whoever has a connection finds it broken. It writes to disk every five seconds only, so it is told
   * to write before it is killed: what it had acknowledged is there again afterwards, as in Azure.
   */
  readonly stop: () => Promise<void>;
  /** Starts it again, on the same port and folder. */
  readonly start: () => Promise<void>;
}

const { resolve } = createRequire(import.meta.url);

/** Starts Azurite on a free port of this machine. Takes a second or two. */
export async function startAzurite(service: "table" | "queue" = "table"): Promise<Azurite> {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-azurite-"));
  const port = await freePort();
  const place = [`--${service}Host`, "127.0.0.1", `--${service}Port`, `${port}`, "--location", folder];
  const options = [...place, "--silent", "--disableTelemetry", "--skipApiVersionCheck"];
  let running: Running | undefined;
  const start = async (): Promise<void> => {
    running = run(resolve(`azurite/dist/src/${service}/main.js`), options);
    await running.hasSaid(/successfully (?:started|listens)/);
  };
  const stop = async (): Promise<void> => {
    await running?.end();
    running = undefined;
  };
  const dispose = async (): Promise<void> => {
    await stop();
    await rm(folder, { recursive: true });
  };
  await start().catch(async (error: unknown) => {
    await dispose();
    throw error;
  });
  return { url: `http://127.0.0.1:${port}`, start, stop, [Symbol.asyncDispose]: dispose };
}

interface Running {
  /** Waits for words of its output; rejects where it ends without them. */
  readonly hasSaid: (words: RegExp) => Promise<void>;
  readonly end: () => Promise<void>;
}

function run(program: string, options: readonly string[]): Running {
  const azurite = spawn(process.execPath, [program, ...options], { stdio: ["ignore", "pipe", "ignore"] });
  const kill = (): void => void azurite.kill("SIGKILL");
  process.once("exit", kill);
  const exit = once(azurite, "exit").finally(() => process.off("exit", kill));
  const lines = createInterface(azurite.stdout);
  const hasSaid = async (words: RegExp): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    lines.on("line", (line) => words.test(line) && resolve());
    exit.then(() => reject(new Error(`Azurite ended and had not said ${words}.`)), reject);
    return promise;
  };
  const end = async (): Promise<void> => {
    const saved = hasSaid(/successfully closed/);
    azurite.kill("SIGINT");
    // It has ended then, too, unless somebody keeps a connection.
    await saved.catch(() => {});
    kill();
    await exit;
  };
  return { hasSaid, end };
}
