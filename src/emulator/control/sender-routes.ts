import { readWith } from "../settings/read.js";
import { readSender } from "../settings/read-senders.js";
import { done, ok, refusal, type ControlRoute } from "./route.js";
import { senderBody } from "./schemas.js";

const path = "/_emulator/senders/{number}";

/** The senders of the resource. */
export const senderRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/_emulator/senders",
    operationId: "listSenders",
    summary: "The senders that the resource owns.",
    answers: { 200: { description: "The senders.", schema: "Senders" } },
    answer: (_, { senders }) => ok({ value: senders.list() }),
  },
  {
    method: "PUT",
    path,
    operationId: "putSender",
    summary: "Adds a sender, or replaces the one with this number, short code or alphanumeric id.",
    body: { schema: "SenderOptions", invalid: "InvalidSender" },
    answers: { 200: { description: "The sender.", schema: "Sender" } },
    answer: ({ json, parameter }, { senders }) => {
      const sender = readSender(
        { ...readWith(senderBody(), json, "sender"), number: parameter("number") },
        "sender",
      );
      senders.put(sender);
      return ok(sender);
    },
  },
  {
    method: "DELETE",
    path,
    operationId: "removeSender",
    summary: "Takes a sender away.",
    answers: { 204: { description: "It is gone." }, 404: { description: "There is none.", schema: "Error" } },
    answer: ({ parameter }, { senders }) =>
      senders.remove(parameter("number"))
        ? done
        : refusal(404, "NotFound", "There is no sender with this number."),
  },
];
