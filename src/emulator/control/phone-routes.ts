import { phone } from "../phones/phones.js";
import { waitForMessage } from "../phones/wait-for-message.js";
import type { World } from "../world.js";
import { outOfRange } from "../settings/expected.js";
import { readWith } from "../settings/read.js";
import { ok, type ControlRequest, type ControlRoute } from "./route.js";
import { typedText } from "./schemas.js";

/** What phones show, and what people type on them. */
export const phoneRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/_emulator/phones/{number}/messages",
    operationId: "listPhoneMessages",
    summary:
      "What a phone shows, oldest first. With `waitInMs`, the answer comes once there is a message that matches, or with none when " +
      "the time is up.",
    query: [
      { name: "match", description: "A part of the text that a message has to have.", type: "string" },
      {
        name: "waitInMs",
        description: "Real milliseconds to wait for one, 0 to 600,000. Default 0.",
        type: "integer",
      },
    ],
    answers: { 200: { description: "The messages that match.", schema: "PhoneMessages" } },
    answer: async (request, world) => {
      await waitForOne(request, world);
      return ok({ value: matching(request, world) });
    },
  },
  {
    method: "POST",
    path: "/_emulator/phones/{number}/messages",
    operationId: "typeMessage",
    summary: "Types a text on a phone and sends it to one of the resource's senders.",
    body: { schema: "TypedText", invalid: "InvalidMessage" },
    answers: { 201: { description: "The message, which has arrived.", schema: "InboundMessage" } },
    answer: (request, world) => {
      const { to, message } = readWith(typedText(), request.json, "text");
      const body = phone(request.parameter("number"), world).send(message, { to });
      return { status: 201, body };
    },
  },
  {
    method: "GET",
    path: "/_emulator/inbound",
    operationId: "listInbound",
    summary: "What phones sent, oldest first.",
    answers: { 200: { description: "The messages.", schema: "InboundMessages" } },
    answer: (_, { inbound }) => ok({ value: inbound.list() }),
  },
];

function matching(request: ControlRequest, world: World): readonly object[] {
  const match = request.query("match") ?? "";
  const shown = phone(request.parameter("number"), world).messages();
  return shown.filter(({ message }) => message.includes(match));
}

async function waitForOne(request: ControlRequest, world: World): Promise<void> {
  const timeoutInMs = readWait(request.query("waitInMs") ?? "0");
  if (timeoutInMs === 0) return;
  const [to, match] = [request.parameter("number"), request.query("match")];
  await waitForMessage({ to, match, timeoutInMs }, world).catch((error: unknown) => {
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    // That the time is up is an answer here: an empty list.
  });
}

function readWait(text: string): number {
  const timeoutInMs = /^\d{1,6}$/.test(text) ? Number(text) : Infinity;
  if (timeoutInMs > 600_000) throw outOfRange("waitInMs", "an integer from 0 to 600000", text);
  return timeoutInMs;
}
