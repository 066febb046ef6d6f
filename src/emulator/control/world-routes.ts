import { connectionStringOf, forgetAll } from "../world.js";
import { done, ok, type ControlRoute } from "./route.js";

/** The emulator as a whole. */
export const worldRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/_emulator/resource",
    operationId: "getResource",
    summary: "What clients of the emulated resource are made with.",
    answers: { 200: { description: "The endpoint, and the connection string.", schema: "Resource" } },
    answer: (_, world) =>
      ok({ endpoint: world.address.endpoint, connectionString: connectionStringOf(world) }),
  },
  {
    method: "POST",
    path: "/_emulator/reset",
    operationId: "reset",
    summary:
      "Forgets what has happened: messages, opt-outs, requests, events, and what is under way. Senders, webhooks, faults and " +
      "the clock stay.",
    answers: { 204: { description: "All is forgotten." } },
    answer: (_, world) => {
      forgetAll(world);
      return done;
    },
  },
  {
    method: "GET",
    path: "/_emulator/settled",
    operationId: "waitUntilSettled",
    summary: "Answers when nothing is under way any more: no message, no handshake, no event.",
    answers: { 204: { description: "Nothing is under way." } },
    answer: async (_, { events }) => {
      await events.settled();
      return done;
    },
  },
];
