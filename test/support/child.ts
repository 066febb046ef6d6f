import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

/** A process that runs a program of the tests, and tells by lines how far it is. */
export class Child implements AsyncDisposable {
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  #waiting: { readonly isThere: () => boolean; readonly resolve: () => void }[] = [];
  #errors = "";

  /** @param program - Its file. @param argument - What it reads as JSON from its only argument. */
  constructor(program: URL, argument: unknown) {
    const file = fileURLToPath(program);
    this.#process = spawn(process.execPath, [file, JSON.stringify(argument)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { stdout, stderr } = this.#process;
    if (stdout === null || stderr === null) throw new Error("A child without its output.");
    createInterface(stdout).on("line", (line) => {
      this.lines.push(line);
      this.#tell();
    });
    stderr.on("data", (chunk: Buffer) => (this.#errors += chunk.toString()));
    // "close" comes when the output has been read to its end, too.
    this.#ended = once(this.#process, "close").then(() => this.#tell());
  }

  /** Waits for a line, or for so many lines; rejects where the process ends first. */
  async until(isThere: (lines: readonly string[]) => boolean): Promise<void> {
    await Promise.race([
      this.#ended,
      new Promise<void>((resolve) => {
        this.#waiting.push({ isThere: () => isThere(this.lines), resolve });
        this.#tell();
      }),
    ]);
    if (!isThere(this.lines)) throw new Error(`The process ended early:\n${this.#errors}`);
  }

  /** Waits for its end; rejects where it was not a good one. */
  async end(): Promise<void> {
    await this.#ended;
    const { exitCode } = this.#process;
    if (exitCode !== 0) throw new Error(`The process ended with ${exitCode}:\n${this.#errors}`);
  }

  /** Ends it at once, with no chance to tidy up. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  #tell(): void {
    for (const waiting of this.#waiting) if (waiting.isThere()) waiting.resolve();
    this.#waiting = this.#waiting.filter((waiting) => !waiting.isThere());
  }
}
