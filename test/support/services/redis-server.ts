import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { freePort } from "./free-port.js";

/** A `redis-server` of the test's own, in a folder of its own. */
export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Kills it. */
  readonly stop: () => Promise<void>;
  /** Starts it again, on the same port and folder. */
  readonly start: () => Promise<void>;
}

/** Starts a server that listens on this machine alone and keeps nothing, unless the options say so. */
export async function startRedisServer(options: readonly string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-redis-"));
  const port = await freePort();
  const plain = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  let running: ChildProcessWithoutNullStreams | undefined;
  const start = async (): Promise<void> => {
    running = await ready(spawn("sh", ["-c", shell, "sh", ...plain, ...options]));
  };
  const stop = async (): Promise<void> => {
    if (running !== undefined) await killed(running);
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
  return { port, url: `redis://127.0.0.1:${port}`, start, stop, [Symbol.asyncDispose]: dispose };
}

/**
 * Runs a server for as long as somebody holds the other end of the input: it goes with a test process that is ended
 * before it can tidy up.
 */
const shell = 'redis-server "$@" & exec >&-; cat > /dev/null; kill -9 $!; wait';

/** Waits for the line with which a server says that it can be asked. */
async function ready(server: ChildProcessWithoutNullStreams): Promise<ChildProcessWithoutNullStreams> {
  for await (const line of createInterface(server.stdout)) {
    if (!line.includes("Ready to accept connections")) continue;
    server.stdout.resume();
    return server;
  }
  server.stdin.end();
  throw new Error("redis-server did not start");
}

async function killed(server: ChildProcessWithoutNullStreams): Promise<void> {
  const exit = once(server, "exit");
  server.stdin.end();
  await exit;
}
