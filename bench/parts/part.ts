import type { Table } from "../report.ts";

/** What a part needs to know of the run it is in. */
export interface Run {
  readonly rounds: number;
  /** Of the month of a message log. */
  readonly messages: number;
  /** The script of a child process. */
  readonly script: (name: string) => string;
  /** Where the server listens. */
  readonly endpoint: string;
  /** Says what is being done; not part of the result. */
  readonly progress: (what: string) => void;
}

export type Part = (run: Run) => Promise<readonly Table[]>;
