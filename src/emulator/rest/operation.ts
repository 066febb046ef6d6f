import type { Answer } from "./answers.js";
import type { ApiVersion } from "./api-versions.js";
import type { Overlaps } from "./under-way.js";
import type { World } from "../world.js";

/** A request that has passed the checks which all operations share. */
export interface Call {
  readonly version: ApiVersion;
  /** The parsed body; `undefined` for a GET. */
  readonly json: unknown;
  /** The last segment of the path, decoded, where it names something. */
  readonly id: string;
  /** How the request's repeatability ids met those of others. */
  readonly overlaps: Overlaps;
}

/** One operation of the service. */
export interface Operation {
  readonly method: "GET" | "POST";
  /** As hono routes it, without `:` in front of a name unless it is a parameter. */
  readonly path: string;
  /** The versions that have it. */
  readonly versions: readonly ApiVersion[];
  answer(call: Call, world: World): Answer;
}
