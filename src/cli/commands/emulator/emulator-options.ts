import { resolve } from "node:path";

import type { EmulatorSender, EmulatorSenderKind } from "../../../emulator/senders.js";
import type { EmulatorOptions } from "../../../emulator/settings/options.js";
import type { Environment } from "../../environment.js";
import { UsageError } from "../../failure.js";

/** The same each time, so that a connection string can stay in a project's settings. They open nothing else. */
const accessKeys = {
  primary: Buffer.from("The first key of the emulator of acs-sms, known to everyone").toString("base64"),
  secondary: Buffer.from("The second key of the emulator of acs-sms, known to everyone").toString("base64"),
};

const defaultPort = 7627;

const kinds: readonly EmulatorSenderKind[] = ["toll-free", "short-code", "10dlc", "alphanumeric"];

/** What was typed. */
interface Typed {
  readonly port: string | undefined;
  readonly sender: readonly string[];
  readonly webhook: readonly string[];
  readonly state: string | undefined;
  readonly "rate-limits": boolean;
  readonly speed: string | undefined;
  readonly seed: string | undefined;
}

/** What was typed, as the emulator takes it, which checks the rest. What was not typed may come from the state file. */
export function optionsFrom(typed: Typed, { folder }: Environment): EmulatorOptions {
  const { sender, webhook, state } = typed;
  return {
    port: numberFrom("port", typed.port, " from 0 to 65535") ?? defaultPort,
    accessKeys,
    senders: sender.length === 0 ? undefined : sender.map(senderFrom),
    webhooks: webhook.length === 0 ? undefined : webhook.map((url) => ({ url })),
    stateFile: state === undefined ? undefined : resolve(folder, state),
    rateLimits: typed["rate-limits"] ? {} : undefined,
    clock: { speed: numberFrom("speed", typed.speed) },
    ...seedFrom(typed.seed),
  };
}

/** One for all that is left to chance. */
function seedFrom(text: string | undefined): Pick<EmulatorOptions, "seed" | "events"> {
  const seed = numberFrom("seed", text);
  return seed === undefined ? {} : { seed, events: { seed } };
}

function numberFrom(
  option: "port" | "speed" | "seed",
  text: string | undefined,
  range = "",
): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}(\.\d{1,6})?$/.test(text)) throw new UsageError(`--${option} takes a number${range}.`);
  return Number(text);
}

function senderFrom(text: string): EmulatorSender {
  const [, number = "", given, country] = /^(.+)=([^:]*)(?::(US|CA|GB))?$/.exec(text) ?? [];
  const kind = kinds.find((one) => one === given);
  if (kind === undefined) throw new UsageError(`--sender takes <sender>=<kind>, of ${kinds.join(", ")}.`);
  return { number, kind, ...(country === undefined ? {} : { country: countries[country] }) };
}

const countries: Readonly<Record<string, EmulatorSender["country"]>> = { US: "US", CA: "CA", GB: "GB" };
