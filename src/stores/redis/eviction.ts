import { SmsError } from "../../errors/sms-error.js";
import type { RedisConnection } from "./connection.js";

/**
 * Rejects unless every master says that it never evicts: a Redis that makes room by deleting would forget who opted
 * out. It is read from `INFO`, as managed Redis forbids `CONFIG`; not by a script, where some of them forbid `INFO`.
 */
export async function refuseEviction(connection: RedisConnection): Promise<void> {
  const policies = (await infos(connection)).map(policyIn);
  const wrong = policies.find((policy) => policy !== "noeviction");
  // Where no master is known nothing has been shown.
  if (policies.length > 0 && wrong === undefined) return;
  throw unavailable(
    `Expected \`maxmemory-policy\` of Redis to be noeviction, got ${wrong ?? "no answer"}: ` +
      "a Redis that evicts forgets who opted out.",
  );
}

async function infos(connection: RedisConnection): Promise<readonly unknown[]> {
  try {
    return await connection.sendToMasters("INFO", "memory");
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("NOPERM")) throw unavailable(forbidden, error);
    throw error;
  }
}

const forbidden = "Redis did not tell its `maxmemory-policy`: the client's user needs the command INFO.";

function policyIn(info: unknown): string {
  return /^maxmemory_policy:([\w-]+)/m.exec(String(info))?.[1] ?? "no answer";
}

function unavailable(message: string, cause?: Error): SmsError {
  return new SmsError("suppression-unavailable", message, cause && { cause });
}
