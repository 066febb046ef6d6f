import { throwIfAborted } from "../../errors/abort.js";
import { messageOf } from "../explain.js";
import type { StoreValues } from "../options/store.js";
import type { Console } from "../output/console.js";
import { isStoreNamed, nobody, openStore, type OpenStore } from "../stores/open-store.js";
import type { Finding } from "./finding.js";

/** Whether the store of opt-outs can be opened and read. Nothing is written. */
export async function storeFindings(values: StoreValues, console: Console): Promise<Finding[]> {
  const check = "store";
  if (!isStoreNamed(values, console)) {
    const advice = "Give --store or set ACS_SMS_STORE to have it checked.";
    return [{ check, status: "warn", message: "No store of opt-outs is named.", advice }];
  }
  try {
    await using store = await openStore(values, console);
    return await readFindings(store, console);
  } catch (error) {
    throwIfAborted(console.abortSignal);
    const message = messageOf(error, console.secrets);
    return [{ check, status: "fail", message, advice: "Nothing is sent while the store cannot be read." }];
  }
}

async function readFindings(store: OpenStore, console: Console): Promise<Finding[]> {
  const { target } = store;
  const findings = await contentFindings(store, console);
  if (target.kind !== "sqlite") return findings;
  const { sqliteFindings } = await import("./sqlite-file.js");
  return [...findings, ...(await sqliteFindings(target.path, console.environment.folder))];
}

async function contentFindings({ ledger, label }: OpenStore, console: Console): Promise<Finding[]> {
  const { abortSignal, environment } = console;
  const check = "store";
  const startedAt = environment.now().getTime();
  await ledger.find([nobody], { abortSignal });
  const took = environment.now().getTime() - startedAt;
  const message = `${label} answers, in ${took} ms.`;
  for await (const _ of ledger.entries({ abortSignal })) return [{ check, status: "ok", message }];
  return [
    {
      check,
      status: "warn",
      message: `${message} It holds nothing: nobody ever opted out, as far as it knows.`,
      advice:
        "Right for a new one. If it should hold something, look whether it is the one that your program uses.",
    },
  ];
}
