import type { DatabaseSync } from "node:sqlite";

import { expected, expectedRange } from "../../errors/expected.js";

/** How a SQLite file is used. */
export interface SqliteOptions {
  /**
   * Whether a missing file, and missing tables, are made. `false` refuses them: say so once there is a list to lose, and
   * a file that was lost, or a volume that was not mounted, does not read as "nobody opted out". Default: `true`.
   */
  create?: boolean | undefined;
  /**
   * `"full"`: what was acknowledged survives a loss of power. `"normal"` is faster, as it does not wait for the disk at
   * each write: a crash of the process still loses nothing, but a crash of the machine may lose the last opt-outs. Only
   * for a path; a database of your own keeps its setting. Default: `"full"`.
   */
  synchronous?: "full" | "normal" | undefined;
  /**
   * How long a call waits while others write to the file, in seconds, before it rejects with SQLite's "database is
   * locked". The event loop runs meanwhile. Keep it below the list's `storeTimeoutInSeconds`, so that the error says
   * what was wrong. Default: 4.
   */
  busyTimeoutInSeconds?: number | undefined;
}

/** What a store or inbox was made with. */
export interface Settings {
  readonly pathOrDatabase: string | DatabaseSync;
  readonly create: boolean;
  readonly synchronous: "full" | "normal";
  readonly busyTimeoutInMs: number;
}

/** @throws TypeError or RangeError for what cannot be meant. */
export function settingsOf(pathOrDatabase: string | DatabaseSync, options: SqliteOptions): Settings {
  const { create = true, synchronous, busyTimeoutInSeconds: seconds = 4 } = options;
  checkSource(pathOrDatabase);
  if (typeof create !== "boolean") throw expected("create", "a boolean", create);
  if (synchronous !== undefined && typeof pathOrDatabase !== "string")
    throw expected("synchronous", "left out with a database of your own", synchronous);
  if (synchronous !== undefined && synchronous !== "full" && synchronous !== "normal")
    throw expected("synchronous", '"full" or "normal"', synchronous);
  if (typeof seconds !== "number" || !(seconds >= 0))
    throw expectedRange("busyTimeoutInSeconds", "a number of 0 or more", seconds);
  return { pathOrDatabase, create, synchronous: synchronous ?? "full", busyTimeoutInMs: seconds * 1000 };
}

function checkSource(source: string | DatabaseSync): void {
  const name = "pathOrDatabase";
  if (typeof source === "string") {
    // SQLite takes "" for a file that is deleted at the end, and a URI for a path with options.
    if (source === "" || source.startsWith("file:")) throw expected(name, "the path of a file", source);
  } else if (typeof source?.prepare !== "function" || typeof source.exec !== "function") {
    throw expected(name, "a path or a DatabaseSync of node:sqlite", source);
  }
}
