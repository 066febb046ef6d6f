import { readRequestFaults } from "../settings/read-request-faults.js";
import type { World } from "../world.js";
import { ok, type ControlRoute } from "./route.js";
import type { InputName, OutputName } from "./schemas.js";

/** What goes wrong on purpose, with one kind of thing. */
interface Faults {
  readonly path: string;
  readonly name: string;
  /** Of what, for the descriptions. */
  readonly of: string;
  readonly input: InputName;
  readonly output: OutputName;
  readonly read: (world: World) => object;
  /** Throws TypeError or RangeError for faults that are none. */
  readonly set: (world: World, json: unknown) => void;
}

const ofRequests: Faults = {
  path: "/_emulator/faults",
  name: "Faults",
  of: "requests, with what is left of their bursts",
  input: "RequestFaultOptions",
  output: "RequestFaults",
  read: ({ trouble }) => trouble.rules,
  set: ({ trouble }, json) => trouble.set(readRequestFaults(json)),
};

const ofEvents: Faults = {
  path: "/_emulator/event-faults",
  name: "EventFaults",
  of: "events",
  input: "EventFaultOptions",
  output: "EventFaults",
  read: ({ events }) => events.faults,
  set: ({ events }, json) => events.setFaults(json),
};

/** What goes wrong on purpose. */
export const faultRoutes: readonly ControlRoute[] = [ofRequests, ofEvents].flatMap(routesFor);

function routesFor({ path, name, of, input, output, read, set }: Faults): ControlRoute[] {
  const answers = { 200: { description: "The faults in force.", schema: output } };
  return [
    {
      method: "GET",
      path,
      operationId: `get${name}`,
      summary: `The faults of ${of}.`,
      answers,
      answer: (_, world) => ok(read(world)),
    },
    {
      method: "PUT",
      path,
      operationId: `set${name}`,
      summary: "Replaces the faults, from now on. An empty object ends them.",
      body: { schema: input, invalid: "InvalidFaults" },
      answers,
      answer: ({ json }, world) => {
        set(world, json);
        return ok(read(world));
      },
    },
  ];
}
