import type { Command } from "./command.js";
import { campaignPreview } from "./commands/campaign/preview.js";
import { campaignResume } from "./commands/campaign/resume.js";
import { campaignSend } from "./commands/campaign/send.js";
import { campaignStatus } from "./commands/campaign/status.js";
import { doctor } from "./commands/doctor.js";
import { emulator } from "./commands/emulator/emulator.js";
import { inbound } from "./commands/insights/inbound.js";
import { messages } from "./commands/insights/messages.js";
import { report } from "./commands/insights/report.js";
import { stats } from "./commands/insights/stats.js";
import { segments } from "./commands/segments.js";
import { send } from "./commands/send.js";
import { add } from "./commands/suppression/add.js";
import { check } from "./commands/suppression/check.js";
import { exportCommand } from "./commands/suppression/export.js";
import { history } from "./commands/suppression/history.js";
import { importCommand } from "./commands/suppression/import.js";
import { init } from "./commands/suppression/init.js";
import { list } from "./commands/suppression/list.js";
import { reconcile } from "./commands/suppression/reconcile.js";
import { remove } from "./commands/suppression/remove.js";

/** All there is, in the order of the help. A new command is a file and a line here. */
export const commands: readonly Command[] = [
  send,
  campaignPreview,
  campaignSend,
  campaignStatus,
  campaignResume,
  segments,
  doctor,
  init,
  check,
  add,
  remove,
  list,
  history,
  importCommand,
  exportCommand,
  reconcile,
  stats,
  messages,
  inbound,
  report,
  emulator,
];
