import { reactionTo, type Reaction } from "../carriers/reactions.js";
import { smsReceived } from "../event-grid/event-bodies.js";
import { typed } from "../journal/write-message.js";
import { outOfRange, wrongType } from "../settings/expected.js";
import type { PhoneMessage } from "./inboxes.js";
import type { InboundMessage } from "./inbound-message.js";
import { incomingMessageId } from "../carriers/message-ids.js";
import { carryNotice } from "../carriers/network.js";
import { isPhoneNumber } from "../numbers.js";
import type { EmulatorSender } from "../senders.js";
import type { World } from "../world.js";

/** A person's phone. Every number has one; it need not be set up. */
export interface EmulatorPhone {
  /** Its number, E.164. */
  readonly number: string;
  /** What it shows, in order of arrival, notices of the carrier included. */
  messages(): readonly PhoneMessage[];
  /**
   * Texts one of the emulator's senders. Who acts on the text, and what they answer, depends on the sender's kind; an answer
   * arrives on the phone after the delivery delay. The text itself is relayed in any case, see `Emulator.inbound()`, and pushed to the
   * webhooks.
   *
   * @throws TypeError when the text is not a string; RangeError when `to` is none of the senders, or an alphanumeric one,
   * which nobody can text.
   */
  send(text: string, options: { readonly to: string }): InboundMessage;
}

/** The phone with this number. */
export function phone(number: string, world: World): EmulatorPhone {
  readPhoneNumber("number", number);
  return {
    number,
    messages: () => [...world.inboxes.of(number)],
    send: (text, { to }) => receive(number, readSender(to, world), readText(text), world),
  };
}

/** Checks that a caller named a phone. */
export function readPhoneNumber(name: string, number: unknown): string {
  if (typeof number !== "string") throw wrongType(name, "a phone number in E.164 form", number);
  if (!isPhoneNumber(number)) throw outOfRange(name, "a phone number in E.164 form", number);
  return number;
}

function readSender(to: string, world: World): EmulatorSender {
  const sender = world.senders.get(to);
  if (sender === undefined) throw outOfRange("to", "one of the emulator's senders", to);
  if (sender.kind === "alphanumeric") {
    throw outOfRange("to", "a sender that can be texted (alphanumeric senders are one-way)", to);
  }
  return sender;
}

function readText(text: unknown): string {
  if (typeof text !== "string") throw wrongType("text", "a string", text);
  return text;
}

function receive(from: string, sender: EmulatorSender, message: string, world: World): InboundMessage {
  if (world.inbound.hasEnded) throw new Error("Expected the emulator to be running, got a closed one");
  const receivedAt = world.clock.now();
  const messageId = incomingMessageId(receivedAt);
  const inbound: InboundMessage = { messageId, from, to: sender.number, message, receivedAt };
  world.journal.message(typed(inbound));
  const reaction = reactionTo(sender, message, world.settings.exactKeywords);
  if (reaction !== undefined) react(reaction, sender.number, from, world);
  // Relayed last: whoever waits for it finds the opt-out in place.
  world.inbound.push(inbound);
  world.events.publish((at, settings) => smsReceived(inbound, at, settings));
  return inbound;
}

function react({ intent, by, reply }: Reaction, sender: string, recipient: string, world: World): void {
  const lists = by === "carrier" ? [world.optOuts.carrier, world.optOuts.service] : [world.optOuts.service];
  for (const list of lists) {
    if (intent === "opt-out") list.add(sender, recipient);
    if (intent === "opt-in") list.delete(sender, recipient);
  }
  carryNotice(sender, recipient, reply, world);
}
