import { expected } from "../../errors/expected.js";
import { unexpectedAnswer } from "./script.js";

/**
 * Into how many parts a list is divided. Each is in one hash slot, so that one script can change it as a whole; several
 * let the masters of a cluster share the work. More would cost a check of 100 people more commands. It can never be
 * changed: {@link shardOf} decides where the facts about a recipient are looked for.
 */
export const shardCount = 16;

/** The shard of a recipient, by FNV-1a, which costs a tenth of a digest or less. */
export function shardOf(recipient: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < recipient.length; index += 1)
    hash = Math.imul(hash ^ recipient.charCodeAt(index), 0x01_00_01_93);
  return ((hash >>> 16) ^ hash) & (shardCount - 1);
}

/** Asks each shard about its items, all at once, and puts the answers into the order of the items. */
export async function inShards<T, A>(
  items: readonly T[],
  recipientOf: (item: T) => string,
  ask: (shard: number, items: readonly T[]) => Promise<readonly A[]>,
): Promise<readonly A[]> {
  const answers: A[] = [];
  const parts = Map.groupBy(items.entries(), ([, item]) => shardOf(recipientOf(item)));
  const asked = Array.from(parts, async ([shard, part]) => {
    const some = await ask(
      shard,
      part.map(([, item]) => item),
    );
    for (const [index, [position]] of part.entries()) {
      const answer = some[index];
      if (answer === undefined) throw unexpectedAnswer();
      answers[position] = answer;
    }
  });
  await Promise.all(asked);
  return answers;
}

/** The names of a list's keys. What is in braces decides where in a cluster a key is. */
export class Keys {
  readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = checkedPrefix(prefix);
  }

  /** A hash: for each recipient of this shard the newest entries, and the sentinel. */
  newest(shard: number): string {
    return `${this.prefix}:{${shard}}:newest`;
  }

  /** A hash: every fact about one recipient. */
  history(recipient: string): string {
    return `${this.prefix}:{${shardOf(recipient)}}:history:${recipient}`;
  }
}

/** Braces would take the place of ours. */
export function checkedPrefix(prefix: unknown): string {
  if (typeof prefix !== "string" || prefix === "" || /[{}]/.test(prefix))
    throw expected("prefix", "a text without braces", prefix);
  return prefix;
}
