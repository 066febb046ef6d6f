import type { SuppressionLedger } from "../../suppression/suppression-store.js";
import { Failure, UsageError } from "../failure.js";
import type { StoreValues } from "../options/store.js";
import type { Console } from "../output/console.js";
import { openAzureTables } from "./azure-tables.js";
import type { Purpose, StoreConnection } from "./connection.js";
import { openPostgres } from "./postgres.js";
import { openRedis } from "./redis.js";
import { openSqlite } from "./sqlite.js";
import { labelOf, parseStoreUrl, secretsOf, type StoreTarget } from "./store-url.js";

/** A store that a command works with, until it is disposed of. */
export interface OpenStore extends AsyncDisposable {
  readonly ledger: SuppressionLedger;
  readonly target: StoreTarget;
  /** How diagnostics call it; without passwords. */
  readonly label: string;
}

/** A number that nobody has (555-0100 to 555-0199 are set aside for fiction), to ask about. */
export const nobody = "+14255550100";

const variable = "ACS_SMS_STORE";

/** Whether an option or the environment says where the store is. */
export function isStoreNamed({ store }: StoreValues, { environment }: Console): boolean {
  return (store ?? environment.variables[variable] ?? "") !== "";
}

/** @throws UsageError where no store is named, or its URL is none. */
export function readStoreTarget({ store }: StoreValues, console: Console): StoreTarget {
  const url = store ?? console.environment.variables[variable] ?? "";
  if (url === "") throw new UsageError(`Where is the store? Give --store, or set ${variable}.`);
  const target = parseStoreUrl(url);
  const secrets = secretsOf(target);
  console.keepSecret(...secrets);
  if (store !== undefined && secrets.length > 0) {
    console.note(
      `Others on this machine can see the password in --store: ${variable} is a better place for it.`,
    );
  }
  return target;
}

/**
 * Opens the store that an option or the environment names, and asks it something: so one that is missing, lost or out
 * of reach is found out before anything is done.
 *
 * @throws Failure where it cannot be used, with the database's own error as its cause.
 */
export async function openStore(
  values: StoreValues,
  console: Console,
  purpose: Purpose = "use",
): Promise<OpenStore> {
  const target = readStoreTarget(values, console);
  const label = labelOf(target);
  try {
    const { ledger, close } = await connect(target, console, purpose);
    await ledger.find([nobody], { abortSignal: console.abortSignal }).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return { ledger, target, label, [Symbol.asyncDispose]: close };
  } catch (error) {
    if (error instanceof Failure || error instanceof UsageError) throw error;
    const hint = "If it is new, acs-sms suppression init makes it ready.";
    throw new Failure(`The store (${label}) cannot be used. ${hint}`, { cause: error });
  }
}

/** Each kind's module is loaded when it is needed, and its database package with it. */
async function connect(target: StoreTarget, console: Console, purpose: Purpose): Promise<StoreConnection> {
  if (target.kind === "sqlite") return openSqlite(target, console, purpose);
  if (target.kind === "redis") return openRedis(target, console, purpose);
  if (target.kind === "postgres") return openPostgres(target, console, purpose);
  return openAzureTables(target, console, purpose);
}
