import { existsSync } from "node:fs";
import { resolve } from "node:path";

import type { CampaignJournal, JournalCampaign } from "../../../campaigns/journal/campaign-journal.js";
import { checkedName } from "../../../campaigns/journal/journal-checks.js";
import { SqliteCampaignJournal } from "../../../campaigns/journal/sqlite-campaign-journal.js";
import { Failure, UsageError } from "../../failure.js";
import type { Console } from "../../output/console.js";
import { inOptionNames } from "../../output/option-wording.js";
import type { Purpose } from "../../stores/connection.js";

const defaultJournal = "campaigns.sqlite";

/** Which campaign, and where it is written down. */
export const journalOptions = {
  id: { type: "string", value: "<name>", required: true, help: "Names the campaign in its journal." },
  journal: {
    type: "string",
    value: "<file>",
    help: "Where is written down what was sent. Default: campaigns.sqlite, in this folder.",
  },
} as const;

export interface JournalValues {
  readonly id: string;
  readonly journal: string | undefined;
}

/** A journal, until it is disposed of, and what it has of the campaign. */
export interface OpenJournal extends AsyncDisposable {
  readonly journal: CampaignJournal;
  /** Looked up when it was opened. */
  readonly known: JournalCampaign | undefined;
  /** How a person names it on a command line. */
  readonly path: string;
}

/**
 * Opens the journal. Only `create` makes one: a slip in its name must not read as a campaign that has texted nobody.
 *
 * @throws Failure where it cannot be used, with SQLite's own error as its cause.
 */
export async function openJournal(
  { id, journal: path = defaultJournal }: JournalValues,
  { environment }: Console,
  purpose: Purpose,
): Promise<OpenJournal> {
  checkId(id);
  // It is not shown: there may be a password in it.
  if (/^[a-z]+:\/\//i.test(path)) throw new UsageError("--journal takes the path of a file, and no URL.");
  const file = resolve(environment.folder, path);
  if (purpose === "use" && !existsSync(file)) throw new Failure(`There is no journal ${path}.`);
  const journal = new SqliteCampaignJournal(file, { create: purpose === "create" });
  try {
    const known = await journal.read(id);
    return { journal, known, path, [Symbol.asyncDispose]: async () => journal[Symbol.asyncDispose]() };
  } catch (error) {
    await journal[Symbol.asyncDispose]();
    throw new Failure(`The journal ${path} cannot be used.`, { cause: error });
  }
}

/** @throws Failure where the journal does not have the campaign. */
export function knownCampaign({ known, path }: OpenJournal, id: string): JournalCampaign {
  if (known !== undefined) return known;
  throw new Failure(`The journal ${path} has no campaign ${JSON.stringify(id)}.`);
}

function checkId(id: string): void {
  try {
    checkedName("id", id);
  } catch (error) {
    throw inOptionNames(error);
  }
}
