import { createHash } from "node:crypto";

import type { RedisConnection } from "./connection.js";

/**
 * A Lua script: it runs on a master, whole or not at all, and no other command in between. It is called by its digest,
 * and sent whole where the server does not know it (after a restart, a fail-over or `SCRIPT FLUSH`).
 */
export class Script {
  readonly #lua: string;
  readonly #digest: string;

  constructor(lua: string) {
    this.#lua = lua;
    this.#digest = createHash("sha1").update(lua).digest("hex");
  }

  /** @param keys - One at least, and all in the hash slot of the first. */
  async run(
    connection: RedisConnection,
    keys: readonly [string, ...string[]],
    args: readonly string[],
  ): Promise<readonly (string | null)[]> {
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return texts(await connection.send(keys[0], "EVALSHA", this.#digest, ...rest));
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return texts(await connection.send(keys[0], "EVAL", this.#lua, ...rest));
    }
  }
}

/** All our scripts answer with a list of texts, in which `false` of Lua is `null`. */
function texts(answer: unknown): readonly (string | null)[] {
  if (!Array.isArray(answer) || !answer.every((value) => typeof value === "string" || value === null))
    throw unexpectedAnswer();
  return answer;
}

export function unexpectedAnswer(): TypeError {
  return new TypeError(
    "A script in Redis did not answer with texts. Is the client set up to change answers?",
  );
}

/** Fields and values in pairs, as they are in an answer. */
export function pairsOf(answer: readonly (string | null)[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index < answer.length; index += 2) {
    const [field, value] = answer.slice(index, index + 2);
    if (typeof field !== "string" || typeof value !== "string") throw unexpectedAnswer();
    pairs.push([field, value]);
  }
  return pairs;
}
