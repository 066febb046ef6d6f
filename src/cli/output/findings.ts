import type { Finding } from "../doctor/finding.js";
import type { Console } from "./console.js";
import { visible } from "./visible.js";
import { widthOf } from "./width.js";
import { wrapped } from "./wrap.js";

const colours: Readonly<Record<Finding["status"], number>> = { ok: 32, warn: 33, fail: 31 };

/** Status, check and message in columns, with what to do below. */
export async function printFindings(findings: readonly Finding[], console: Console): Promise<void> {
  const { stdout, variables } = console.environment;
  const isColoured = stdout.isTTY === true && (variables["NO_COLOR"] ?? "") === "";
  const widest = Math.max(...findings.map(({ check }) => check.length));
  const width = Math.max(30, Math.min(110, widthOf(stdout, 110)) - widest - 8);
  for (const { check, status, message, advice } of findings) {
    const label = status.padEnd(4);
    const mark = isColoured ? `\u001b[${colours[status]}m${label}\u001b[0m` : label;
    const lines = [message, ...(advice === undefined ? [] : [`→ ${advice}`])].map(visible);
    const [first = "", ...rest] = lines.flatMap((line) => wrapped(line, width));
    await console.line(`${mark}  ${check.padEnd(widest)}  ${first}`);
    await console.lines(rest.map((line) => " ".repeat(widest + 8) + line));
  }
}
