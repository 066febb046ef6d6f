import type { FileHandle } from "node:fs/promises";

import { exportEntries } from "../../../ledger/export-entries.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { standardInput } from "../../input/files.js";
import { quietOption } from "../../options/common.js";
import { filterOptions, readFilter } from "../../options/filter.js";
import { formatOption, readFormat } from "../../options/format.js";
import { storeHelp, storeOption } from "../../options/store.js";
import type { Console } from "../../output/console.js";
import { writeNewFile } from "../../output/new-file.js";
import { startProgress } from "../../output/progress.js";
import { openStore } from "../../stores/open-store.js";

export const exportCommand: Command = defineCommand({
  name: "suppression export",
  summary: "Writes the opt-outs and opt-ins to a file, or to standard output",
  positionals: { usage: "[<file>]", most: 1 },
  options: {
    ...formatOption,
    history: { type: "boolean", help: "Everything that was ever recorded, the superseded too." },
    ...filterOptions,
    force: { type: "boolean", help: "Replace the file if it is there already." },
    ...storeOption,
    ...quietOption,
  },
  details: [
    "The file is readable by its owner alone (mode 0600), and appears when it is complete. It holds phone numbers and " +
      "people's words: remove it when it has served.",
    storeHelp,
  ],
  examples: [
    "acs-sms suppression export opt-outs.csv --store sqlite:./opt-outs.db",
    "acs-sms suppression export opt-outs.jsonl --history --force",
    "acs-sms suppression export --state opted-out | head",
  ],
  async run({ values, positionals: [path], console }) {
    const options = {
      ...readFilter(values),
      format: readFormat(values.format, path),
      history: values.history,
      // A store that is moved without its marks of used confirmations would let them be answered again.
      includeMarks: values.history,
      abortSignal: console.abortSignal,
    };
    await using store = await openStore(values, console);
    const chunks = exportEntries(store.ledger, options);
    if (path === undefined || path === standardInput) {
      for await (const chunk of chunks) await console.results.write(chunk);
      return exitCodes.ok;
    }
    await writeNewFile(path, values.force, console, async (file) =>
      writeChunks(chunks, file, values.quiet, console),
    );
    return exitCodes.ok;
  },
});

async function writeChunks(
  chunks: AsyncIterable<string>,
  file: FileHandle,
  isQuiet: boolean,
  console: Console,
): Promise<void> {
  using progress = startProgress("Kilobytes written", console, isQuiet);
  let bytes = 0;
  for await (const chunk of chunks) {
    await file.appendFile(chunk);
    bytes += Buffer.byteLength(chunk);
    progress.update(Math.ceil(bytes / 1000));
  }
}
