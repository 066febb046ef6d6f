import { once } from "node:events";

import type { Screen } from "../environment.js";

/**
 * Standard output, no faster than it is read. Where the reader has gone (`| head`) the rest is of no interest: what is
 * written then goes nowhere, and the command is told. Any other failure, such as a full disk, is one of the command.
 */
export class ResultStream {
  readonly #stream: Screen;
  #isClosed = false;
  #failure: Error | undefined;

  constructor(stream: Screen, onClosed: () => void) {
    this.#stream = stream;
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") this.#isClosed = true;
      else this.#failure = error;
      onClosed();
    });
  }

  /** Whether the reader has gone. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  async write(text: string): Promise<void> {
    this.#check();
    if (this.#isClosed || this.#stream.write(text)) return;
    // An error is the listener's above.
    await once(this.#stream, "drain").catch(() => undefined);
    this.#check();
  }

  /** Resolves when all is written. */
  async flush(): Promise<void> {
    if (this.#isClosed || this.#failure !== undefined) return this.#check();
    await new Promise<void>((resolve) => this.#stream.write("", () => resolve()));
    this.#check();
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
