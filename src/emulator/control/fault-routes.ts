import { readRequestFaults } from "../settings/read-request-faults.js";
import { ok, type ControlRoute } from "./route.js";

/** What goes wrong on purpose. */
export const faultRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/_emulator/faults",
    operationId: "getFaults",
    summary: "The faults of requests, with what is left of their bursts.",
    answers: { 200: { description: "The faults in force.", schema: "RequestFaults" } },
    answer: (_, { trouble }) => ok(trouble.rules),
  },
  {
    method: "PUT",
    path: "/_emulator/faults",
    operationId: "setFaults",
    summary: "Replaces the faults of requests, from now on. An empty object ends them.",
    body: { schema: "RequestFaultOptions", invalid: "InvalidFaults" },
    answers: { 200: { description: "The faults in force.", schema: "RequestFaults" } },
    answer: ({ json }, { trouble }) => {
      trouble.set(readRequestFaults(json));
      return ok(trouble.rules);
    },
  },
  {
    method: "GET",
    path: "/_emulator/event-faults",
    operationId: "getEventFaults",
    summary: "The faults of events.",
    answers: { 200: { description: "The faults in force.", schema: "EventFaults" } },
    answer: (_, { events }) => ok(events.faults),
  },
  {
    method: "PUT",
    path: "/_emulator/event-faults",
    operationId: "setEventFaults",
    summary: "Replaces the faults of events, from now on. An empty object ends them.",
    body: { schema: "EventFaultOptions", invalid: "InvalidFaults" },
    answers: { 200: { description: "The faults in force.", schema: "EventFaults" } },
    answer: ({ json }, { events }) => {
      events.setFaults(json);
      return ok(events.faults);
    },
  },
];
