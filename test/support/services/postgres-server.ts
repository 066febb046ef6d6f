import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import { freePort } from "./redis-server.js";

const run = promisify(execFile);

/** A Postgres of the test's own, in a folder of its own. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
  /** Ends it without a checkpoint, as a crash would. */
  readonly stop: () => Promise<void>;
  /** Starts it again, on the same port and data. */
  readonly start: () => Promise<void>;
}

/** Starts a server that listens on this machine alone, and waits for the disk as it does by default. Takes seconds. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const [programs, user] = [programFolder(), await ordinaryUser()];
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-postgres-"));
  const port = await freePort();
  const network = ["-p", `${port}`, "-c", "listen_addresses=127.0.0.1", "-k", folder];
  let running: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    running = await ready(
      spawn(join(programs, "postgres"), ["-D", join(folder, "data"), ...network], {
        ...user,
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
      }),
    );
  };
  const stop = async (): Promise<void> => {
    if (running !== undefined) await ended(running);
    running = undefined;
  };
  const dispose = async (): Promise<void> => {
    await stop();
    await rm(folder, { recursive: true });
  };
  try {
    if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
    const options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"];
    await run(join(programs, "initdb"), ["-D", join(folder, "data"), ...options], { ...user, cwd: folder });
    await start();
  } catch (error) {
    await dispose();
    throw error;
  }
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return { url, start, stop, [Symbol.asyncDispose]: dispose };
}

/** Where the server's programs are: Debian keeps them out of the path. */
function programFolder(): string {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), ...globSync("/usr/lib/postgresql/*/bin")];
  const found = folders.find((folder) =>
    ["initdb", "postgres"].every((name) => existsSync(join(folder, name))),
  );
  if (found === undefined) throw new Error("There are no programs initdb and postgres.");
  return found;
}

/** Postgres refuses to run as root, so that its own user runs it then. */
async function ordinaryUser(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const id = async (option: string): Promise<number> =>
    Number((await run("id", [option, "postgres"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

/** Waits for the line with which a server says that it can be asked. */
async function ready(server: ChildProcess): Promise<ChildProcess> {
  const kill = (): void => void server.kill("SIGQUIT");
  process.once("exit", kill);
  server.once("exit", () => process.off("exit", kill));
  await once(server, "spawn");
  if (server.stderr === null) throw new TypeError("A server without output.");
  for await (const line of createInterface(server.stderr)) {
    if (!line.includes("database system is ready to accept connections")) continue;
    server.stderr.resume();
    return server;
  }
  throw new Error("The server ended before it was ready.");
}

/** An immediate shutdown: its processes go at once, and what was committed is found in its log at the next start. */
async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, "exit");
  server.kill("SIGQUIT");
  await exit;
}
