import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { UsageError } from "../../failure.js";
import { storeHelp, storeOption } from "../../options/store.js";
import { openStore, readStoreTarget } from "../../stores/open-store.js";
import { migrationOf } from "../../stores/postgres.js";

export const init: Command = defineCommand({
  name: "suppression init",
  summary: "Makes a store ready, once: the file, the tables or the marks in it",
  options: {
    ...storeOption,
    print: { type: "boolean", help: "Print the SQL that makes the tables, and do nothing (PostgreSQL)." },
  },
  details: [
    "No other command makes a store: one that is missing, because of a slip in its name or a loss, must not read as one in " +
      "which nobody opted out. Where it is there already nothing changes.",
    storeHelp,
  ],
  examples: [
    "acs-sms suppression init --store sqlite:./opt-outs.db",
    "acs-sms suppression init --print --store 'postgres://localhost/shop?schema=sms' > migration.sql",
  ],
  async run({ values, console }) {
    if (values.print) {
      const target = readStoreTarget(values, console);
      if (target.kind !== "postgres")
        throw new UsageError("--print is for PostgreSQL; other stores have nothing to be printed.");
      await console.line(await migrationOf(target));
      return exitCodes.ok;
    }
    await using store = await openStore(values, console, "create");
    await console.line(`${store.label} is ready.`);
    return exitCodes.ok;
  },
});
