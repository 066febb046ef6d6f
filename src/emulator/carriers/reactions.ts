import type { EmulatorSender } from "../senders.js";
import {
  acsIntents,
  carrierKeywords,
  defaultReplies,
  type Keyword,
  type KeywordReplies,
} from "./keywords.js";
import { managerOf, type OptOutManager } from "./opt-out-management.js";

/** What happens about a message with one of the words. */
export interface Reaction extends Keyword {
  readonly by: Exclude<OptOutManager, "business">;
}

const replyTo: Readonly<Record<Keyword["intent"], keyof KeywordReplies>> = {
  "opt-out": "optOut",
  "opt-in": "optIn",
  help: "help",
};

/**
 * What happens about a message to this sender, if anything.
 *
 * The word has to be the whole message. [INFER] Case and the blanks around it do not matter, unless the keywords are to be
 * exact: ACS says no more than "exactly".
 */
export function reactionTo(sender: EmulatorSender, message: string, isExact: boolean): Reaction | undefined {
  const word = wordOf(message, isExact);
  const by = managerOf(sender);
  if (by === "business") return undefined;
  const keyword = by === "carrier" ? carrierKeywords.get(word) : acsKeyword(word, sender);
  return keyword === undefined ? undefined : { ...keyword, by };
}

/**
 * What somebody asks for with a message to this sender, also where nobody but the business acts on it: then by the words of
 * ACS, as with a sender that is gone.
 */
export function intentOf(
  sender: EmulatorSender | undefined,
  message: string,
  isExact: boolean,
): Keyword["intent"] | undefined {
  const word = wordOf(message, isExact);
  const isByCarrier = sender !== undefined && managerOf(sender) === "carrier";
  return isByCarrier ? carrierKeywords.get(word)?.intent : acsIntents.get(word);
}

function wordOf(message: string, isExact: boolean): string {
  return isExact ? message : message.trim().toUpperCase();
}

function acsKeyword(word: string, { replies }: EmulatorSender): Keyword | undefined {
  const intent = acsIntents.get(word);
  if (intent === undefined) return undefined;
  const name = replyTo[intent];
  return { intent, reply: replies?.[name] ?? defaultReplies[name] };
}
