import type { Message } from "./records.js";

/** What a sender and a phone said to each other, oldest first. */
export interface Conversation {
  readonly sender: string;
  readonly messages: readonly Message[];
}

/** A phone and its conversations, in the order in which they began. */
export interface Phone {
  readonly number: string;
  readonly conversations: readonly Conversation[];
}

/** The phones by number, in the order in which they were first heard of. */
export type Phones = ReadonlyMap<string, Phone>;

/** How many messages of a conversation the page keeps. */
export const conversationLimit = 2000;

/** How many phones the page keeps: those heard of last. */
export const phoneLimit = 5000;

/** The phones with some messages, new ones or ones that took a step. What no message touches stays the same object. */
export function withMessages(phones: Phones, messages: readonly Message[]): Phones {
  if (messages.length === 0) return phones;
  const next = new Map(phones);
  for (const [number, ofPhone] of Map.groupBy(messages, ({ phone }) => phone)) {
    next.set(number, withConversations(next.get(number) ?? { number, conversations: [] }, ofPhone));
  }
  return next.size > phoneLimit ? new Map([...next].slice(-phoneLimit)) : next;
}

/** The conversation of a phone with a sender; an empty one where they have none. */
export function conversationWith(phone: Phone, sender: string): Conversation {
  return phone.conversations.find((one) => one.sender === sender) ?? { sender, messages: [] };
}

/**
 * The messages that are on the screen of their phone now, and were not before: those that a person would hear a sound
 * for. What the person typed makes none.
 */
export function arrivals(before: Phones, messages: readonly Message[]): readonly Message[] {
  const shown = messages.filter(({ kind, isShown }) => kind !== "inbound" && isShown);
  return [...new Map(shown.map((message) => [message.id, message])).values()].filter(
    (message) => !wasShown(before, message),
  );
}

function wasShown(before: Phones, { phone, sender, id }: Message): boolean {
  const known = before.get(phone)?.conversations.find((one) => one.sender === sender);
  return known?.messages.findLast((message) => message.id === id)?.isShown ?? false;
}

function withConversations(phone: Phone, messages: readonly Message[]): Phone {
  const next = new Map(phone.conversations.map((conversation) => [conversation.sender, conversation]));
  for (const [sender, ofSender] of Map.groupBy(messages, ({ sender }) => sender)) {
    next.set(sender, merge(conversationWith(phone, sender), ofSender));
  }
  return { ...phone, conversations: [...next.values()] };
}

/** A message that is known is replaced where it stands. Looked for from the end: steps follow soon. */
function merge({ sender, messages }: Conversation, changed: readonly Message[]): Conversation {
  const next = [...messages];
  for (const message of changed) {
    const place = next.findLastIndex(({ id }) => id === message.id);
    if (place === -1) next.push(message);
    else next[place] = message;
  }
  return { sender, messages: next.slice(-conversationLimit) };
}
