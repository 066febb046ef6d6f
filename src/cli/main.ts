#!/usr/bin/env node
import process from "node:process";

import { exitCodes } from "./exit-codes.js";
import { run } from "./run.js";

/*
 * The command `acs-sms`. The first Ctrl-C ends what is under way in good order; a second one is Node's own, and hard.
 */
const ending = new AbortController();
const interrupt = (): void => ending.abort(exitCodes.interrupted);
process.once("SIGINT", interrupt);
process.once("SIGTERM", () => ending.abort(exitCodes.terminated));
// Node before 24 warns of `node:sqlite`, which is none of the business of who runs a command.
process.removeAllListeners("warning").on("warning", ({ name, message }) => {
  if (name !== "ExperimentalWarning") process.stderr.write(`${message}\n`);
});
// With nobody left to read what goes wrong there is nothing more to say.
process.stderr.on("error", () => undefined);

void run(process.argv.slice(2), {
  // Touched only where it is read, since that opens it.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  folder: process.cwd(),
  now: () => new Date(),
  abortSignal: ending.signal,
  interrupt,
}).then((code) => {
  process.exitCode = code;
});
