import type { SmsClient } from "../../client/sms-client.js";
import type { SmsSendOptions, SmsSendRequest } from "../../client/send-request.js";
import type { SmsSendResult } from "../../client/send-result.js";
import { isSender } from "../../phone-numbers/sender.js";
import { defineCommand, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { UsageError } from "../failure.js";
import { canAsk, confirm } from "../input/confirm.js";
import { readText, standardInput } from "../input/files.js";
import { checkCountry, countryOption, readLines } from "../input/numbers.js";
import { readTime } from "../input/time.js";
import type { OptionValues } from "../option.js";
import { jsonOption } from "../options/common.js";
import { connectionOptions, readConnection } from "../options/connection.js";
import { senderForms } from "../options/sender.js";
import { storeHelp } from "../options/store.js";
import { checkSuppression, openSuppression, suppressionOptions } from "../options/suppression.js";
import type { Console } from "../output/console.js";
import { counted } from "../output/progress-bar.js";
import { printPreview, printResults } from "../output/send-results.js";

const options = {
  from: {
    type: "string",
    value: "<sender>",
    required: true,
    help: "A number of the resource in E.164, a short code, or an alphanumeric sender.",
  },
  to: { type: "string", value: "<number>", multiple: true, help: "Whom to text." },
  "to-file": { type: "string", value: "<file>", help: "Whom to text: a file of numbers, one in each line." },
  message: {
    type: "string",
    value: "<text>",
    help: "The text. Others on this machine can see a command line.",
  },
  "message-file": { type: "string", value: "<file>", help: "A file with the text. Default: standard input." },
  ...suppressionOptions,
  "dry-run": { type: "boolean", help: "Show who would be texted, and what it takes; send nothing." },
  yes: { type: "boolean", help: "Do not ask before texting more than one person." },
  "delivery-report": { type: "boolean", help: "Have the service report what became of the message." },
  tag: { type: "string", value: "<text>", help: "Comes back in the delivery report." },
  key: { type: "string", value: "<text>", help: "Names the message, so that a repeat is not sent twice." },
  "first-sent-at": { type: "string", value: "<time>", help: "With --key: when it was first tried." },
  ...countryOption,
  ...connectionOptions,
  ...jsonOption,
} as const;

type Values = OptionValues<typeof options>;

export const send: Command = defineCommand({
  name: "send",
  summary: "Texts one message to one or more people",
  options,
  details: [
    "The store of opt-outs is asked before every attempt, and nobody is texted who opted out. Without --store (or " +
      "ACS_SMS_STORE) nothing is sent, unless --no-suppression says that this is meant.",
    storeHelp,
  ],
  examples: [
    'acs-sms send --from +18005551234 --to +14255550123 --message "Your order has shipped." --store sqlite:./opt-outs.db',
    "acs-sms send --from +18005551234 --to-file people.txt --message-file message.txt --dry-run",
    "acs-sms send --from +18005551234 --to-file people.txt --delivery-report --yes < message.txt",
  ],
  async run({ values, console }) {
    checkValues(values, console);
    const connection = await readConnection(values, console);
    const request = await readRequest(values, console);
    await using suppression = await openSuppression(values, console);
    const sms = connection.createClient({
      suppression: suppression.list,
      defaultCountry: values["default-country"],
    });
    const { abortSignal } = console;
    if (values["dry-run"]) {
      return printPreview(await sms.preview(request, { abortSignal }), values.json, console);
    }
    if (!(await isMeant(sms, request, values, console))) return exitCodes.failed;
    return printResults(await sendAll(sms, request, values, console), values.json, console);
  },
});

function checkValues(values: Values, console: Console): void {
  if (!isSender(values.from)) throw new UsageError(`--from takes ${senderForms}.`);
  checkCountry(values["default-country"]);
  if (values.message !== undefined && values["message-file"] !== undefined)
    throw new UsageError("--message and --message-file exclude each other.");
  checkSuppression(values, console);
}

async function readRequest(values: Values, console: Console): Promise<SmsSendRequest> {
  const { from, "to-file": toFile, "message-file": messageFile = standardInput } = values;
  if (toFile === standardInput && values.message === undefined && messageFile === standardInput)
    throw new UsageError("Standard input cannot be both the text and the numbers.");
  const to = [...values.to, ...(toFile === undefined ? [] : await readLines(toFile, console))];
  if (to.length === 0) throw new UsageError("--to or --to-file is needed: nobody is named.");
  const message = values.message ?? (await readText(messageFile, console));
  if (message === "") throw new UsageError("The text is empty.");
  console.keepSecret(message);
  return { from, to, message };
}

/** A slip of the hand can reach many people, and no text can be called back. */
async function isMeant(
  sms: SmsClient,
  request: SmsSendRequest,
  { yes }: Values,
  console: Console,
): Promise<boolean> {
  if (yes || request.to.length === 1) return true;
  if (!canAsk(console)) throw new UsageError("Say --yes to text more than one person without being asked.");
  const { messageUnits, segments } = await sms.preview(request, { abortSignal: console.abortSignal });
  const people = counted(messageUnits, "person", "people");
  const question = `Text ${people} from ${request.from}, ${counted(segments, "segment")} each?`;
  const isYes = await confirm(question, console);
  if (!isYes) console.note("Nobody was texted.");
  return isYes;
}

async function sendAll(
  sms: SmsClient,
  request: SmsSendRequest,
  values: Values,
  console: Console,
): Promise<readonly SmsSendResult[]> {
  try {
    return await sms.send(request, sendOptions(values, console));
  } catch (error) {
    // Nobody got an answer; what is known of each is still worth more than the error alone.
    if (hasResults(error)) await printResults(error.results, values.json, console);
    throw error;
  }
}

function sendOptions(values: Values, console: Console): SmsSendOptions {
  const { key, tag, "first-sent-at": first, "delivery-report": enableDeliveryReport } = values;
  const firstSentAt = readTime("--first-sent-at", first, console.environment.now());
  if (firstSentAt !== undefined && key === undefined) throw new UsageError("--first-sent-at needs --key.");
  const idempotency = key === undefined ? undefined : { key, firstSentAt };
  return { enableDeliveryReport, tag, idempotency, abortSignal: console.abortSignal };
}

function hasResults(error: unknown): error is Error & { readonly results: readonly SmsSendResult[] } {
  return error instanceof Error && "results" in error && Array.isArray(error.results);
}
