import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import type { Task } from "./programs/elsewhere.js";

const run = promisify(execFile);
const program = fileURLToPath(new URL("programs/elsewhere.ts", import.meta.url));

/** Has another process do something, and waits until it has ended. */
export async function doElsewhere(task: Task): Promise<void> {
  await run(process.execPath, [program, JSON.stringify(task)]);
}
