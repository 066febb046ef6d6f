import { execFile, spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import { freePort } from "./free-port.js";

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
  const data = ["-D", join(folder, "data")];
  const network = ["-p", `${port}`, "-c", "listen_addresses=127.0.0.1", "-k", folder];
  const command = ["-c", shell, "sh", join(programs, "postgres"), ...data, ...network];
  let running: ChildProcessWithoutNullStreams | undefined;
  const start = async (): Promise<void> => {
    running = await ready(spawn("sh", command, { ...user, cwd: folder }));
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
    const database = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"];
    await run(join(programs, "initdb"), [...data, ...database], { ...user, cwd: folder });
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

/**
 * Runs a server for as long as somebody holds the other end of the input: it goes with a test process that is ended
 * before it can tidy up. It goes at once, and finds in its log what was committed when it is started again.
 */
const shell = '"$@" 2>&1 & exec >&- 2>&-; cat > /dev/null; kill -QUIT $!; wait';

/** Waits for the line with which a server says that it can be asked. */
async function ready(server: ChildProcessWithoutNullStreams): Promise<ChildProcessWithoutNullStreams> {
  for await (const line of createInterface(server.stdout)) {
    if (!line.includes("database system is ready to accept connections")) continue;
    server.stdout.resume();
    return server;
  }
  server.stdin.end();
  throw new Error("postgres did not start");
}

async function ended(server: ChildProcessWithoutNullStreams): Promise<void> {
  const exit = once(server, "exit");
  server.stdin.end();
  await exit;
}
