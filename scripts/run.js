import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {object} Outcome
 * @property {number | null} code `null` when a signal ended it
 * @property {string} stdout
 * @property {string} output stdout and stderr, as they came
 *
 * @typedef {object} RunOptions
 * @property {string} [cwd] the repository unless given
 * @property {NodeJS.ProcessEnv} [env] added to this process's own
 * @property {number} [timeout] milliseconds after which it is stopped
 */

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @type {(path: string) => any} */
export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/**
 * Runs a program without a terminal and gathers what it says.
 *
 * @type {(program: string, args: readonly string[], options?: RunOptions) => Promise<Outcome>}
 */
export function run(program, args, { cwd = root, env, timeout } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      timeout,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const outcome = { stdout: "", output: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      outcome.stdout += text;
      outcome.output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => (outcome.output += text));
    child.on("error", reject).on("close", (code) => resolve({ code, ...outcome }));
  });
}

/**
 * Runs JavaScript under this very Node, not under the one that happens to be first in `PATH`.
 *
 * @type {(args: readonly string[], options?: RunOptions) => Promise<Outcome>}
 */
export const runNode = (args, options) => run(process.execPath, args, options);

/**
 * Runs the command line of a development dependency.
 *
 * @type {(tool: string, args: readonly string[], options?: RunOptions) => Promise<Outcome>}
 */
export const runTool = (tool, args, options) => runNode([commandOf(tool), ...args], options);

/** Which package brings a command that is not named like it. */
const home = new Map([
  ["tsc", "typescript"],
  ["attw", "@arethetypeswrong/cli"],
]);

/** @type {(tool: string) => string} */
function commandOf(tool) {
  const folder = join(root, "node_modules", home.get(tool) ?? tool);
  const { bin } = readJson(join(folder, "package.json"));
  return join(folder, typeof bin === "string" ? bin : bin[tool]);
}

/**
 * Runs npm: the one that runs us, else the one in `PATH`.
 *
 * @type {(args: readonly string[], options?: RunOptions) => Promise<Outcome>}
 */
export function runNpm(args, options) {
  const npm = process.env["npm_execpath"];
  // A folder that npm chose for us must not become the folder of the npm that we start elsewhere.
  const env = { npm_config_local_prefix: undefined, ...options?.env };
  return npm?.endsWith("npm-cli.js")
    ? runNode([npm, ...args], { ...options, env })
    : run("npm", args, { ...options, env });
}

/**
 * The standard output of a run that must succeed.
 *
 * @type {(running: Promise<Outcome>) => Promise<string>}
 */
export async function succeed(running) {
  const { code, stdout, output } = await running;
  if (code !== 0) throw new ToolFailure(output);
  return stdout;
}

/** What a failed tool said is the whole story: no stack trace of ours makes it clearer. */
class ToolFailure extends Error {}

/**
 * The body of a script: ends with exit code 1 where it throws.
 *
 * @type {(main: () => Promise<void>) => Promise<void>}
 */
export async function script(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof ToolFailure ? error.message.trimEnd() : error);
    process.exitCode = 1;
  }
}
