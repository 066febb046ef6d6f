import { spawn } from "node:child_process";
import { join } from "node:path";
import { PassThrough } from "node:stream";

import { root } from "../../scripts/run.js";
import type { Environment, Screen } from "../../src/cli/environment.js";
import { run } from "../../src/cli/run.js";
import { leakWatch } from "../support/canary.js";

/** The command as users have it. */
export const commandPath: string = join(root, "dist", "cli", "main.js");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** What comes on standard input. Default: nothing. */
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Record<string, string | undefined>;
  /** Another copy of the command. */
  readonly command?: string;
  /** Called when the process is there, to signal it. */
  readonly onStarted?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the built command in a process of its own, until it ends by itself. What it says is searched for leaks. */
export function acsSms(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  const { input = "", cwd = root, env = {}, command = commandPath, onStarted } = surroundings;
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const child = spawn(process.execPath, [command, ...args], { cwd, env: { ...bareEnvironment(), ...env } });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  child.on("error", reject).on("close", (code) => {
    leakWatch.line("the command's standard error", said.stderr);
    resolve({ code, ...said });
  });
  // A command that does not read what it is given may be gone before it was written.
  child.stdin.on("error", () => undefined).end(input);
  onStarted?.((signal) => child.kill(signal));
  return promise;
}

/** As {@link acsSms}, for what must succeed and print JSON. */
export async function acsSmsJson(args: readonly string[], surroundings?: Surroundings): Promise<unknown> {
  const { code, stdout, stderr } = await acsSms([...args, "--json"], surroundings);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** The lines of JSON that a command printed. */
export function jsonLines(stdout: string): Record<string, unknown>[] {
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** What the tests' own surroundings say about resources, stores and terminals is none of the command's business. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const own = /^(ACS_|AZURE_|COMMUNICATION_SERVICES_|CI$|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$|VITEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** A stream that keeps what is written to it. */
export class FakeScreen extends PassThrough implements Screen {
  readonly isTTY: boolean;
  readonly columns: number;
  text = "";

  constructor({ isTTY = false, columns = 100 } = {}) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
    this.setEncoding("utf8").on("data", (text: string) => (this.text += text));
  }
}

/** A world for a command that is run in this process, where a clock or a terminal has to be another one. */
export function fakeEnvironment(changes: Partial<Environment> = {}): Environment {
  const ending = new AbortController();
  return {
    stdin: new PassThrough().end(),
    stdout: new FakeScreen(),
    stderr: new FakeScreen(),
    variables: {},
    folder: root,
    now: () => new Date(),
    abortSignal: ending.signal,
    interrupt: () => ending.abort(),
    ...changes,
  };
}

/** Runs a command line in this process. */
export async function runHere(args: readonly string[], changes: Partial<Environment> = {}): Promise<Ended> {
  const environment = fakeEnvironment(changes);
  const code = await run(args, environment);
  const texts = [environment.stdout, environment.stderr].map((screen) =>
    screen instanceof FakeScreen ? screen.text : "",
  );
  const [stdout = "", stderr = ""] = texts;
  return { code, stdout, stderr };
}
