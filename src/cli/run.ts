import { packageVersion } from "../acs/package-version.js";
import type { Command } from "./command.js";
import { commands } from "./commands.js";
import type { Environment } from "./environment.js";
import { exitCodes } from "./exit-codes.js";
import { explain } from "./explain.js";
import { UsageError } from "./failure.js";
import { commandHelp, overview } from "./help.js";
import { Console } from "./output/console.js";
import { widthOf } from "./output/width.js";
import { didYouMean } from "./suggestion.js";

const title = "acs-sms: text messages through Azure Communication Services, never to a person who said STOP.";

/** Lines of help longer than this are hard to read. */
const widestHelp = 100;

/** Runs one command line. Nothing it does throws: what goes wrong is said on standard error, and is in the exit code. */
export async function run(args: readonly string[], environment: Environment): Promise<number> {
  const console = new Console(environment);
  try {
    const code = await dispatch(args, console);
    await console.results.flush();
    return code;
  } catch (error) {
    // Nobody reads the results any more: that is their reader's good right.
    if (console.results.isClosed && !environment.abortSignal.aborted) return exitCodes.ok;
    return explain(error, console, args.includes("--verbose"));
  }
}

async function dispatch(args: readonly string[], console: Console): Promise<number> {
  const [first] = args;
  if (first === "--version") return print([packageVersion], console);
  const rest = first === "help" ? [...args.slice(1), "--help"] : args;
  const asksForHelp = rest.some((arg, index) => isHelp(arg) && !rest.slice(0, index).includes("--"));
  const firstOption = rest.findIndex((arg) => arg.startsWith("-"));
  const words = firstOption === -1 ? rest : rest.slice(0, firstOption);
  const command = commands.find(({ name }) => name === words.slice(0, name.split(" ").length).join(" "));
  const width = Math.min(widestHelp, widthOf(console.environment.stdout, widestHelp));
  if (command === undefined) return withoutCommand(words, asksForHelp, width, console);
  if (asksForHelp) return print(commandHelp(command, width), console);
  return command.start(rest.slice(command.name.split(" ").length), console);
}

const isHelp = (arg: string): boolean => arg === "--help" || arg === "-h";

/** No word, or one that several commands begin with, gives their overview; anything else is a mistake. */
async function withoutCommand(
  words: readonly string[],
  asksForHelp: boolean,
  width: number,
  console: Console,
): Promise<number> {
  const [group] = words;
  const among = commands.filter(({ name }) => group === undefined || name.startsWith(`${group} `));
  const isGroup = words.length <= 1 && among.length > 0;
  if (isGroup && asksForHelp) return print(overview(among, title, width), console);
  if (isGroup) throw new UsageError(overview(among, "Which command?", width).join("\n"));
  throw new UsageError(unknownCommand(words, among));
}

/** Later words may be anything, a text even, and are not repeated. */
function unknownCommand(words: readonly string[], among: readonly Command[]): string {
  const [first = ""] = words;
  const both = words.slice(0, 2).join(" ");
  const names = (among.length > 0 ? among : commands).map(({ name }) => name);
  const nearest = [didYouMean(both, names), didYouMean(first, names)].find((hint) => hint !== "") ?? "";
  return `There is no command “${among.length > 0 ? both : first}”.${nearest} acs-sms --help lists them.`;
}

async function print(lines: readonly string[], console: Console): Promise<number> {
  await console.lines(lines);
  return exitCodes.ok;
}
