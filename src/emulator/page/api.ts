import type { EventFaults } from "../event-grid/faults.js";
import type { WebhookOptions } from "../event-grid/webhook.js";
import type { RequestFaults } from "../faults/request-faults.js";
import type { EmulatorSender } from "../senders.js";

/** Types a text on a phone. */
export function typeOnPhone(phone: string, to: string, message: string): Promise<void> {
  return ask("POST", `phones/${encodeURIComponent(phone)}/messages`, { to, message });
}

/** Adds a sender, or replaces the one with its number. */
export function putSender({ number, ...sender }: EmulatorSender): Promise<void> {
  return ask("PUT", `senders/${encodeURIComponent(number)}`, sender);
}

/** Removes a sender. */
export function removeSender(number: string): Promise<void> {
  return ask("DELETE", `senders/${encodeURIComponent(number)}`);
}

/** Adds a webhook, whose handshake then begins. */
export function addWebhook(webhook: WebhookOptions): Promise<void> {
  return ask("POST", "webhooks", webhook);
}

/** Removes a webhook. */
export function removeWebhook(id: string): Promise<void> {
  return ask("DELETE", `webhooks/${encodeURIComponent(id)}`);
}

/** Replaces the faults of requests. */
export function setRequestFaults(faults: RequestFaults): Promise<void> {
  return ask("PUT", "faults", faults);
}

/** Replaces the faults of events. */
export function setEventFaults(faults: EventFaults): Promise<void> {
  return ask("PUT", "event-faults", faults);
}

/** Sets how fast time passes. */
export function setSpeed(speed: number): Promise<void> {
  return ask("PUT", "clock", { speed });
}

/** Puts the clock forward. */
export function advanceClock(milliseconds: number): Promise<void> {
  return ask("POST", "clock/advance", { milliseconds });
}

/** Forgets messages, opt-outs, requests and events. */
export function resetEmulator(): Promise<void> {
  return ask("POST", "reset");
}

/** Asks for something under `/_emulator/`, which comes as a text. */
export async function read(path: string): Promise<string> {
  return (await answerOf(path)).text();
}

/** Every request says that it is JSON, with a body or without: no other page can have the browser send that. */
async function ask(method: string, path: string, body?: unknown): Promise<void> {
  await answerOf(path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function answerOf(path: string, request?: RequestInit): Promise<Response> {
  const answer = await fetch(`./_emulator/${path}`, request).catch(() => {
    throw new Error("The emulator does not answer. Is it still running?");
  });
  if (!answer.ok) throw new Error(await reasonOf(answer));
  return answer;
}

async function reasonOf(answer: Response): Promise<string> {
  try {
    const { error }: { error: { message: string } } = JSON.parse(await answer.text());
    return error.message;
  } catch {
    return `The emulator answered ${answer.status}.`;
  }
}
