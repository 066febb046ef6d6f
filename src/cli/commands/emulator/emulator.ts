import { once } from "node:events";

import type { Emulator } from "../../../emulator/emulator.js";
import { defineCommand, type Command } from "../../command.js";
import { exitCodes } from "../../exit-codes.js";
import { UsageError } from "../../failure.js";
import type { OptionValues } from "../../option.js";
import { jsonOption } from "../../options/common.js";
import type { Console } from "../../output/console.js";
import { certificateFile, defaultCertificatePath, keepCertificate } from "./certificate-files.js";
import { optionsFrom } from "./emulator-options.js";
import { describe, introduce } from "./introduction.js";
import { requestLine } from "./request-line.js";

const options = {
  port: { type: "string", value: "<port>", help: "On 127.0.0.1; 0 is any free one. Default: 7627." },
  sender: {
    type: "string",
    value: "<sender>=<kind>",
    multiple: true,
    help:
      "A sender of the resource: toll-free, 10dlc, alphanumeric, or short-code, with :CA or :GB behind it where it is not of the " +
      "US. Default: +18005551234=toll-free.",
  },
  webhook: { type: "string", value: "<url>", multiple: true, help: "Where events are pushed to." },
  state: {
    type: "string",
    value: "<file>",
    help: "Keeps senders, webhooks, messages and opt-outs for the next time. Default: all is gone when it ends.",
  },
  https: { type: "boolean", help: "Speak HTTPS, which Java clients and Entra ID insist on." },
  certificate: {
    type: "string",
    value: "<file>",
    help: `With --https: where the certificate is kept, with its key beside it; made where it is missing. Default: ${defaultCertificatePath}.`,
  },
  "rate-limits": {
    type: "boolean",
    help: "Refuse with 429 what goes beyond the service's documented limits.",
  },
  speed: { type: "string", value: "<number>", help: "Emulated seconds in a real one. Default: 1." },
  seed: { type: "string", value: "<number>", help: "With the same one, faults hit the same. Default: 1." },
  quiet: { type: "boolean", help: "Print the connection string, and nothing else." },
  ...jsonOption,
} as const;

export const emulator: Command = defineCommand({
  name: "emulator",
  summary: "Runs ACS SMS on this machine, to develop and test against, until Ctrl-C",
  options,
  details: [
    "It checks signatures, answers STOP and START as carriers do, and pushes events as Event Grid does. Open its address in a browser " +
      "for virtual phones to type on, and to see each request and event. Its connection string is the same each time, for the same " +
      "port.",
  ],
  examples: [
    "acs-sms emulator",
    "acs-sms emulator --port 0 --json",
    "acs-sms emulator --sender +18005551234=toll-free --sender 12345=short-code:CA --webhook http://127.0.0.1:3000/sms",
    "acs-sms emulator --https --state emulator.json",
  ],
  runsUntilEnded: true,
  async run({ values, console }) {
    const { abortSignal } = console;
    await using running = await start(values, console);
    await show(running, values, console);
    if (!abortSignal.aborted) await once(abortSignal, "abort");
    return exitCodes.ok;
  },
});

/** Loaded with the first use: no other command needs a server. */
async function start(values: OptionValues<typeof options>, console: Console): Promise<Emulator> {
  const { startEmulator } = await import("../../../emulator/emulator.js");
  const https = values.https && (await keepCertificate(values.certificate, console));
  const onRequest = values.quiet
    ? undefined
    : (request: Parameters<typeof requestLine>[0]) => console.note(requestLine(request));
  try {
    return await startEmulator({ ...optionsFrom(values, console.environment), https, onRequest });
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

async function show(
  running: Emulator,
  values: OptionValues<typeof options>,
  console: Console,
): Promise<void> {
  const certificatePath = certificateFile(values.certificate, console.environment);
  if (values.json) await console.json(describe(running, certificatePath));
  else if (values.quiet) await console.line(running.connectionString);
  else await console.lines(introduce(running, certificatePath));
}
