import type { JournalCampaign, JournalTotals } from "../../../campaigns/journal/campaign-journal.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { jsonOption } from "../../options/common.js";
import { columns } from "../../output/columns.js";
import { count } from "../../output/progress-bar.js";
import { journalOptions, knownCampaign, openJournal } from "./journal.js";

export const campaignStatus: Command = defineCommand({
  name: "campaign status",
  summary: "Says how far a campaign is, also while it runs, and whether it can be resumed",
  options: { ...journalOptions, ...jsonOption },
  details: [
    "Open are those whose message is planned or under way. Whoever the campaign has not come to yet is not counted, while " +
      "its list has not been read to the end.",
  ],
  examples: ["acs-sms campaign status --id spring-sale", "acs-sms campaign status --id notice --json"],
  async run({ values, console }) {
    await using journal = await openJournal(values, console, "use");
    const campaign = knownCampaign(journal, values.id);
    const totals = await journal.journal.totals(values.id);
    const isOver = campaign.isPlanned && totals.open === 0;
    if (values.json) {
      const { run, isPlanned, createdAt } = campaign;
      await console.json({ id: values.id, createdAt, run, isPlanned, isOver, totals });
      return exitCodes.ok;
    }
    await console.lines(describe(campaign, totals));
    if (!isOver) console.note("It is not over: it runs, or campaign resume goes on with it.");
    return exitCodes.ok;
  },
});

function describe({ createdAt, run, isPlanned }: JournalCampaign, totals: JournalTotals): string[] {
  const shown = Object.entries(totals).filter(([status, number]) => status === "accepted" || number > 0);
  return columns([
    ["begun", createdAt.toISOString()],
    ["runs", count(run)],
    ["list", isPlanned ? "read to its end" : "not read to its end"],
    ...shown.map(([status, number]) => [status, count(number)]),
  ]);
}
