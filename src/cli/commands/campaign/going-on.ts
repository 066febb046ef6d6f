import { isSmsError } from "../../../errors/sms-error.js";
import type { OpenJournal } from "./journal.js";
import { isSecretStore } from "./note.js";
import type { Order } from "./order.js";
import type { RunValues } from "./run-options.js";

/** Whether a campaign that was cut short can be resumed as it is. */
export async function canGoOn(error: unknown, { journal }: OpenJournal, id: string): Promise<boolean> {
  if (isSmsError(error, "campaign-changed") || isSmsError(error, "campaign-taken-over")) return false;
  try {
    return (await journal.read(id)) !== undefined;
  } catch {
    // A journal that fails has said so already.
    return false;
  }
}

/** What a person types to go on. */
export function howToGoOn(order: Order, journal: OpenJournal, values: RunValues): string {
  const { id, endpoint, "connection-string-file": file } = values;
  const words = [
    "acs-sms campaign resume",
    `--id ${quoted(id)}`,
    `--journal ${quoted(journal.path)}`,
    ...(endpoint === undefined ? [] : [`--endpoint ${quoted(endpoint)}`]),
    ...(file === undefined ? [] : [`--connection-string-file ${quoted(file)}`]),
    ...(isSecretStore(order) ? ["--store <url>"] : []),
  ];
  return `The journal has all that was sent. This goes on from there:\n  ${words.join(" ")}`;
}

/** A word as shells take it. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
