import process from "node:process";

import { defineCommand, type Command } from "../command.js";
import { datedRules } from "../doctor/dated-rules.js";
import { nodeFinding } from "../doctor/node-version.js";
import { senderFinding } from "../doctor/sender.js";
import { serviceFindings } from "../doctor/service.js";
import { storeFindings } from "../doctor/store.js";
import { exitCodes } from "../exit-codes.js";
import { jsonOption } from "../options/common.js";
import { connectionOptions } from "../options/connection.js";
import { storeHelp, storeOption } from "../options/store.js";
import { printFindings } from "../output/findings.js";

export const doctor: Command = defineCommand({
  name: "doctor",
  summary: "Checks the connection, the clock, the sender, the store and the rules with a date",
  options: {
    from: {
      type: "string",
      value: "<sender>",
      help: "A sender, to tell who answers and who blocks STOP for it.",
    },
    ...storeOption,
    "revoke-all": { type: "boolean", help: "Your program sets `revokeAll`." },
    ...connectionOptions,
    ...jsonOption,
  },
  details: [
    "Nothing is sent or changed. A warning is no failure: the exit code is 1 where a check failed, else 0.",
    storeHelp,
  ],
  examples: ["acs-sms doctor", "acs-sms doctor --from +18005551234 --store sqlite:./opt-outs.db --json"],
  async run({ values, console }) {
    const findings = [
      nodeFinding(process.versions.node),
      ...(await serviceFindings(values, console)),
      ...senderFinding(values.from),
      ...(await storeFindings(values, console)),
      ...datedRules(console.environment.now(), values["revoke-all"]),
    ];
    const isSound = findings.every(({ status }) => status !== "fail");
    if (values.json) await console.json({ ok: isSound, findings });
    else await printFindings(findings, console);
    return isSound ? exitCodes.ok : exitCodes.failed;
  },
});
