import { once } from "node:events";

import type { Emulator } from "../../emulator/emulator.js";
import type { EmulatorOptions } from "../../emulator/settings/options.js";
import type { EmulatorSender, EmulatorSenderKind } from "../../emulator/senders.js";
import { defineCommand, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { UsageError } from "../failure.js";
import type { OptionValues } from "../option.js";
import { jsonOption } from "../options/common.js";
import { columns } from "../output/columns.js";

/** The same each time, so that a connection string can stay in a project's settings. They open nothing else. */
const accessKeys = {
  primary: Buffer.from("The first key of the emulator of acs-sms, known to everyone").toString("base64"),
  secondary: Buffer.from("The second key of the emulator of acs-sms, known to everyone").toString("base64"),
};

const defaultPort = "7627";

const kinds: readonly EmulatorSenderKind[] = ["toll-free", "short-code", "10dlc", "alphanumeric"];

const options = {
  port: {
    type: "string",
    value: "<port>",
    help: `On 127.0.0.1; 0 is any free one. Default: ${defaultPort}.`,
  },
  sender: {
    type: "string",
    value: "<sender>=<kind>",
    multiple: true,
    help: "A sender of the resource: toll-free, 10dlc, short-code or alphanumeric. Default: +18005551234=toll-free.",
  },
  webhook: { type: "string", value: "<url>", multiple: true, help: "Where events are pushed to." },
  ...jsonOption,
} as const;

export const emulator: Command = defineCommand({
  name: "emulator",
  summary: "Runs ACS SMS on this machine, to develop and test against, until Ctrl-C",
  options,
  details: [
    "It checks signatures, answers STOP and START as carriers do, and pushes events as Event Grid does. What it knows is " +
      "gone when it ends. Its connection string is the same each time, for the same port.",
  ],
  examples: [
    "acs-sms emulator",
    "acs-sms emulator --port 0 --json",
    "acs-sms emulator --sender +18005551234=toll-free --sender 12345=short-code --webhook http://127.0.0.1:3000/sms",
  ],
  runsUntilEnded: true,
  async run({ values, console }) {
    const { abortSignal } = console;
    await using running = await start(values);
    if (values.json) await console.json(describe(running));
    else await console.lines(introduce(running));
    if (!abortSignal.aborted) await once(abortSignal, "abort");
    return exitCodes.ok;
  },
});

/** Loaded with the first use: no other command needs a server. */
async function start(values: OptionValues<typeof options>): Promise<Emulator> {
  const { startEmulator } = await import("../../emulator/emulator.js");
  try {
    return await startEmulator(optionsFrom(values));
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

function optionsFrom({ port = defaultPort, sender, webhook }: OptionValues<typeof options>): EmulatorOptions {
  if (!/^\d{1,5}$/.test(port)) throw new UsageError("--port takes a number from 0 to 65535.");
  return {
    port: Number(port),
    accessKeys,
    senders: sender.length === 0 ? undefined : sender.map(senderFrom),
    webhooks: webhook.map((url) => ({ url })),
  };
}

function senderFrom(text: string): EmulatorSender {
  const [, number = "", given] = /^(.+)=(.*)$/.exec(text) ?? [];
  const kind = kinds.find((one) => one === given);
  if (kind === undefined) throw new UsageError(`--sender takes <sender>=<kind>, of ${kinds.join(", ")}.`);
  return { number, kind };
}

function describe({ endpoint, connectionString, senders }: Emulator): object {
  return { endpoint, connectionString, senders };
}

function introduce({ endpoint, connectionString, senders }: Emulator): string[] {
  return [
    `The emulator is ready at ${endpoint}. Ctrl-C ends it.`,
    "",
    `COMMUNICATION_SERVICES_CONNECTION_STRING="${connectionString}"`,
    "",
    "Clients need { allowInsecureConnection: true }. Senders:",
    ...columns(
      senders.map(({ number, kind }) => [number, kind]),
      "  ",
    ),
  ];
}
