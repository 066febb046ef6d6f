import { redact } from "../../privacy/safe-error.js";
import type { Environment } from "../environment.js";
import { ResultStream } from "./result-stream.js";

/** What a command speaks through: results go to standard output, everything else to standard error. */
export class Console {
  readonly environment: Environment;
  /** Aborted by Ctrl-C, and when whoever read the results has gone. */
  readonly abortSignal: AbortSignal;
  readonly results: ResultStream;
  readonly #secrets = new Set<string>();

  constructor(environment: Environment) {
    const gone = new AbortController();
    this.environment = environment;
    this.results = new ResultStream(environment.stdout, () => gone.abort());
    this.abortSignal = AbortSignal.any([environment.abortSignal, gone.signal]);
  }

  /** What may show in no diagnostic from now on: a key, a password, a message. */
  get secrets(): readonly string[] {
    return [...this.#secrets];
  }

  keepSecret(...texts: readonly string[]): void {
    for (const text of texts) this.#secrets.add(text);
  }

  /** A line of a result. */
  async line(text = ""): Promise<void> {
    await this.results.write(`${text}\n`);
  }

  async lines(texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.line(text);
  }

  /** A document, for programs. */
  async json(value: unknown): Promise<void> {
    await this.line(JSON.stringify(value));
  }

  /** A line for the person, beside the results. Numbers in it are masked. */
  note(text: string): void {
    this.environment.stderr.write(`${redact(text, this.secrets)}\n`);
  }
}
