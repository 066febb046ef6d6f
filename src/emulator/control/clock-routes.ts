import { clockState, emulatorClock } from "../emulator-clock.js";
import { readWith } from "../settings/read.js";
import { ok, type ControlRoute } from "./route.js";
import { clockSpeed, clockStep } from "./schemas.js";

/** The emulated world's time. */
export const clockRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/_emulator/clock",
    operationId: "getClock",
    summary: "The emulated time, and how fast it passes.",
    answers: { 200: { description: "The clock.", schema: "Clock" } },
    answer: (_, { clock }) => ok(clockState(clock)),
  },
  {
    method: "PUT",
    path: "/_emulator/clock",
    operationId: "setClockSpeed",
    summary: "Changes how fast the emulated time passes.",
    body: { schema: "ClockSpeed", invalid: "InvalidClock" },
    answers: { 200: { description: "The clock.", schema: "Clock" } },
    answer: ({ json }, world) => {
      emulatorClock(world).setSpeed(readWith(clockSpeed(), json, "clock").speed);
      return ok(clockState(world.clock));
    },
  },
  {
    method: "POST",
    path: "/_emulator/clock/advance",
    operationId: "advanceClock",
    summary: "Lets emulated time pass at once; what was to happen in it happens before the answer.",
    body: { schema: "ClockStep", invalid: "InvalidClock" },
    answers: { 200: { description: "The clock, afterwards.", schema: "Clock" } },
    answer: ({ json }, world) => {
      emulatorClock(world).advance(readWith(clockStep(), json, "step").milliseconds);
      return ok(clockState(world.clock));
    },
  },
];
