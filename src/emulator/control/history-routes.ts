import type { World } from "../world.js";
import { ok, type ControlRoute } from "./route.js";
import type { SchemaName } from "./schemas.js";

/** What has happened. */
export const historyRoutes: readonly ControlRoute[] = [
  list(
    "messages",
    "listMessages",
    "Messages",
    "All messages in both directions, and what became of them: the newest 10,000, oldest first.",
    ({ journal }) => journal.messages(),
  ),
  list(
    "requests",
    "listRequests",
    "Requests",
    "The newest 500 requests to the service with headers, body and answer, oldest first.",
    ({ journal }) => journal.requests(),
  ),
  list(
    "deliveries",
    "listDeliveries",
    "Deliveries",
    "The newest 500 attempts to deliver events, oldest first.",
    ({ journal }) => journal.deliveries(),
  ),
  list(
    "dead-letters",
    "listDeadLetters",
    "DeadLetters",
    "The events that were given up, oldest first.",
    ({ events }) => events.deadLetters(),
  ),
  list(
    "opt-outs",
    "listOptOuts",
    "OptOuts",
    "The pairs of a sender and a phone between which an opt-out stands.",
    ({ optOuts }) => optOuts.states(),
  ),
];

function list(
  name: string,
  operationId: string,
  schema: SchemaName,
  summary: string,
  read: (world: World) => readonly object[],
): ControlRoute {
  return {
    method: "GET",
    path: `/_emulator/${name}`,
    operationId,
    summary,
    answers: { 200: { description: "A list.", schema } },
    answer: (_, world) => ok({ value: read(world) }),
  };
}
