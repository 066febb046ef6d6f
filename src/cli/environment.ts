import type { Readable, Writable } from "node:stream";

/** A stream that people may be at the other end of. */
export interface Screen extends Writable {
  readonly isTTY?: boolean;
  /** How many characters a line of the terminal holds. */
  readonly columns?: number;
}

/** A stream that people may be typing into. */
interface Keyboard extends Readable {
  readonly isTTY?: boolean;
}

/** All that a command knows of the world, so that a test can give it another one. */
export interface Environment {
  readonly stdin: Keyboard;
  readonly stdout: Screen;
  readonly stderr: Screen;
  /** The environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The folder that paths are relative to. */
  readonly folder: string;
  readonly now: () => Date;
  /** Aborted by Ctrl-C. */
  readonly abortSignal: AbortSignal;
  /** Does what Ctrl-C does, where the terminal hands it to us as a key. */
  readonly interrupt: () => void;
}
