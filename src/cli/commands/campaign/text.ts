import type { CampaignMessage } from "../../../campaigns/message/message-maker.js";
import { template } from "../../../campaigns/message/template.js";
import { Failure, UsageError } from "../../failure.js";
import { readText, standardInput } from "../../input/files.js";
import type { OptionValues } from "../../option.js";
import type { Console } from "../../output/console.js";
import type { List } from "./list.js";

/** What a campaign says. */
export const textOptions = {
  message: {
    type: "string",
    value: "<text>",
    help: "The text. {name} is the cell of the column name; {{ and }} are braces. Others on this machine can see it.",
  },
  "message-file": { type: "string", value: "<file>", help: "A file with the text. Default: standard input." },
} as const;

/** @throws UsageError where there is none, or two. */
export async function readGivenText(
  values: OptionValues<typeof textOptions>,
  console: Console,
): Promise<string> {
  const { message, "message-file": file = standardInput } = values;
  if (message !== undefined && values["message-file"] !== undefined)
    throw new UsageError("--message and --message-file exclude each other.");
  const text = message ?? (await readText(file, console));
  if (text === "") throw new UsageError("The text is empty.");
  return text;
}

/** The text as a campaign takes it: one for all, or a template where it has fields. */
export function messageOf(text: string, hasFields: boolean): CampaignMessage {
  const made = parsed(text);
  if (made.fields.length === 0) return made.text({});
  if (hasFields) return made;
  throw new UsageError("A text with fields needs --csv: a file of numbers has none. {{ and }} are braces.");
}

/**
 * Looks at the first of the list: a column that is missing is missing in every row.
 *
 * @throws Failure that names the fields, and the columns there are.
 */
export async function checkFields(message: CampaignMessage, list: List): Promise<void> {
  for await (const item of list()) {
    if (typeof message !== "object" || typeof item === "string") return;
    if (item.problem !== undefined) continue;
    const columns = Object.keys(item.fields ?? {});
    const missing = message.missingFields(columns);
    if (missing.length === 0) return;
    throw new Failure(
      `The text needs ${missing.map((field) => `{${field}}`).join(", ")}, and the file has no such column: nothing was ` +
        `sent. It has ${columns.map((name) => JSON.stringify(name)).join(", ")}. Case counts.`,
    );
  }
}

function parsed(text: string): ReturnType<typeof template<string>> {
  try {
    return template(text);
  } catch (error) {
    // It shows nothing of the text.
    const why = error instanceof Error ? error.message : "";
    throw new UsageError(why.replace("`text`", "the message"));
  }
}
