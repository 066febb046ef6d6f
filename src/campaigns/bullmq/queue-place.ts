import { hash } from "node:crypto";

import type { ConnectionOptions } from "bullmq";

import { expected } from "../../errors/expected.js";
import { logWarning } from "../../observers/log.js";
import { safeError } from "../../privacy/safe-error.js";
import type { CampaignJournal } from "../journal/campaign-journal.js";
import type { CampaignBatch } from "../sharing/campaign-batch.js";

/** Where the jobs are, for whoever adds them and whoever works on them. */
export interface QueuePlace {
  /** How BullMQ reaches Redis: options of `ioredis`, or a client. A worker's client has `maxRetriesPerRequest: null`. */
  connection: ConnectionOptions;
  /** Where the campaigns are written down, for all machines: `new PostgresCampaignJournal(pool)`. */
  journal: CampaignJournal;
  /** The queue's name, without colons. Default: `"acs-sms-campaigns"`. */
  name?: string | undefined;
  /** What BullMQ's keys in Redis begin with. Default: BullMQ's own, `"bull"`. */
  prefix?: string | undefined;
  /** Told what goes wrong in the background, such as a lost connection. Default: it goes to the log of Azure SDKs. */
  onError?: ((error: Error) => void) | undefined;
}

/** The same, checked. */
export interface CheckedPlace {
  readonly journal: CampaignJournal;
  readonly name: string;
  /** What every class of BullMQ takes. */
  readonly base: { readonly connection: ConnectionOptions; readonly prefix?: string };
  readonly onError: (error: Error) => void;
}

const defaultName = "acs-sms-campaigns";

/** @throws TypeError that names the option. */
export function checkedPlace(options: QueuePlace): CheckedPlace {
  if (typeof options !== "object" || options === null) throw expected("options", "an object", options);
  const { connection, journal, name = defaultName, prefix, onError = toLog } = options;
  if (typeof connection !== "object" || connection === null)
    throw expected("connection", "options or a client of ioredis", connection);
  if (typeof journal?.claim !== "function")
    throw expected("journal", "a journal, such as new PostgresCampaignJournal(pool)", journal);
  if (typeof name !== "string" || name === "" || name.includes(":"))
    throw expected("name", "a text without colons", name);
  if (prefix !== undefined && (typeof prefix !== "string" || prefix === ""))
    throw expected("prefix", "a non-empty string", prefix);
  if (typeof onError !== "function") throw expected("onError", "a function", onError);
  const tell = (error: Error): void => onError(safeError(error));
  return { journal, name, base: { connection, ...(prefix !== undefined && { prefix }) }, onError: tell };
}

/** One batch is one job, however often it is added. A job's id has no colons, which a campaign's may have. */
export function jobIdOf({ campaign, batch }: CampaignBatch): string {
  return `${hash("sha256", campaign, "base64url").slice(0, 22)}-${batch}`;
}

function toLog(error: Error): void {
  void logWarning(`A queue of campaigns: ${error.message}`);
}
