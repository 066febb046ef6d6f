import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { Failure, UsageError } from "../../failure.js";
import { canAsk, confirm } from "../../input/confirm.js";
import { storeHelp } from "../../options/store.js";
import { checkSuppression } from "../../options/suppression.js";
import { previewLines } from "../../output/campaign-preview.js";
import type { Console } from "../../output/console.js";
import { duration } from "../../output/duration.js";
import { count, counted } from "../../output/progress-bar.js";
import { openJournal, type OpenJournal } from "./journal.js";
import { isSameCampaign, noteOf, orderIn } from "./note.js";
import { orderOptions, readOrder, type Order } from "./order.js";
import { runCampaign } from "./run.js";
import { runOptions } from "./run-options.js";
import { lengthOf, previewOf, setStage, type Stage } from "./stage.js";

export const campaignSend: Command = defineCommand({
  name: "campaign send",
  summary: "Texts a list of any length, each person once, at the speed that the sender may have",
  options: {
    ...orderOptions,
    yes: { type: "boolean", help: "Send without a preview and a question." },
    ...runOptions,
  },
  details: [
    "The journal is a file with every number that is texted, readable by its owner alone. It has each message before it " +
      "leaves: after Ctrl-C, a crash or a failure, campaign resume goes on without texting anybody twice. Keep it until " +
      "the campaign is over, and the list as it is.",
    "The first line of a CSV file names its columns. The number is in the one named to, phone, phone number, number, " +
      "mobile or recipient, or where --column says. Where a cell that the text needs is empty, nobody is texted.",
    "The store of opt-outs is asked before every attempt, and nobody is texted who opted out. Without --store (or " +
      "ACS_SMS_STORE) nothing is sent, unless --no-suppression says that this is meant.",
    storeHelp,
  ],
  examples: [
    'acs-sms campaign send --id spring-sale --from +18005551234 --csv list.csv --message "Hi {Name}, 20 % off." --yes',
    "acs-sms campaign send --id notice --from +18005551234 --to-file people.txt --yes --results results.csv < message.txt",
  ],
  async run({ values, console }) {
    if (!values.yes && !canAsk(console))
      throw new UsageError(
        "Say --yes to text a list without being asked; campaign preview shows what it comes to.",
      );
    const order = await readOrder(values, console);
    checkSuppression(order, console);
    await using stage = await setStage(order, values, console);
    await using journal = await openJournal(values, console, "create");
    refuseOther(order, journal, values.id);
    const length = values.yes
      ? await lengthOf(stage, values.quiet, console)
      : await askedLength(order, stage, values.quiet, console);
    if (length === "nobody") return exitCodes.failed;
    return await runCampaign({ order, stage, journal, note: noteOf(order), length }, values, console);
  },
});

/** An id that is used again by mistake would take everybody who is on both lists for texted. */
function refuseOther(order: Order, { known, path }: OpenJournal, id: string): void {
  if (known === undefined || isSameCampaign(order, orderIn(known.note))) return;
  throw new Failure(
    `The journal ${path} has a campaign ${JSON.stringify(id)} already, with another list, text or sender. campaign ` +
      "resume goes on with that; another campaign needs an id of its own.",
  );
}

/** Shows what it comes to and asks, since no text can be called back. Gives the length of the list after a yes. */
async function askedLength(
  { from }: Order,
  stage: Stage,
  isQuiet: boolean,
  console: Console,
): Promise<number | "nobody"> {
  const preview = await previewOf(stage, undefined, isQuiet, console);
  const { items, messageUnits, segments, durationInMs } = preview;
  for (const line of previewLines(preview)) console.note(line);
  const people = counted(messageUnits, "person", "people");
  const senders = from.length === 1 ? from[0] : `${count(from.length)} senders`;
  const time = durationInMs === 0 ? "" : `, in about ${duration(durationInMs)}`;
  const question = `Text ${people} from ${senders}, ${counted(segments, "segment")} in all${time}?`;
  if (await confirm(question, console)) return items;
  console.note("Nobody was texted.");
  return "nobody";
}
