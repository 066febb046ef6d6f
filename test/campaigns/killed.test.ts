import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { startEmulator, type Emulator } from "../../src/emulator/emulator.js";
import { randomFrom } from "../support/random.js";
import { requireBuild } from "../support/require-build.js";
import { killAndResume } from "./killing.js";

/*
 * A campaign that is killed at random instants and begun again. `npm run soak` does the same at length.
 */

beforeAll(() => requireBuild());

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({
    deliveryDelayInMs: 0,
    // So that a kill finds requests at every stage.
    faults: { latencyInMs: { least: 0, most: 40 } },
  });
});
afterEach(async () => emulator.close());

const random = randomFrom(20_261_125);

function instants(count: number, mostInMs: number): number[] {
  return Array.from({ length: count }, () => Math.round(random() * mostInMs));
}

describe("a campaign that is killed again and again", { timeout: 180_000 }, () => {
  it("texts everybody once, and nobody who opted out, and its journal agrees", async () => {
    const { numbers, optedOut, statuses, totals, cutShort } = await killAndResume(emulator, {
      people: 12_000,
      everyOptedOut: 10,
      repeatabilityWindowInSeconds: 300,
      lives: instants(6, 500),
    });
    const wrong = numbers.filter(
      (number) => emulator.phone(number).messages().length !== (optedOut.has(number) ? 0 : 1),
    );
    expect(wrong).toEqual([]);
    expect(cutShort).toBeGreaterThan(3);
    expect(totals).toEqual({
      accepted: numbers.length - optedOut.size,
      suppressed: optedOut.size,
      rejected: 0,
      invalid: 0,
      expired: 0,
      unknown: 0,
      open: 0,
    });
    expect(
      numbers.every((number) => statuses.get(number) === (optedOut.has(number) ? "suppressed" : "accepted")),
    ).toBe(true);
  });

  it.each([
    ["forgets", "send"],
    ["refuses", "reject"],
  ] as const)("doubles nobody where the service %s it in the meantime", async (_, late) => {
    await emulator.close();
    emulator = await startEmulator({
      deliveryDelayInMs: 0,
      // So long that each life ends with all its requests under way.
      faults: { latencyInMs: 2000 },
      repeatability: { late },
    });
    const { numbers, optedOut, statuses, totals } = await killAndResume(emulator, {
      people: 3000,
      everyOptedOut: 10,
      repeatabilityWindowInSeconds: 1,
      lives: [1000, 1200],
      meanwhile: async (_, life) => {
        // For both: the service's clock is moved, and the client's window is a second.
        emulator.clock.advance(600_000);
        await new Promise((resolve) => setTimeout(resolve, 2100));
        if (life === 1) emulator.setFaults({});
      },
    });
    const counts = new Map(numbers.map((number) => [number, emulator.phone(number).messages().length]));
    expect([...counts.values()].filter((count) => count > 1)).toEqual([]);
    const unknown = numbers.filter((number) => statuses.get(number) === "unknown");
    expect(unknown.length).toBeGreaterThan(0);
    expect(totals.unknown).toBe(unknown.length);
    const known = numbers.filter((number) => statuses.get(number) === "accepted");
    expect(known.every((number) => counts.get(number) === 1)).toBe(true);
    expect([...optedOut].every((number) => counts.get(number) === 0)).toBe(true);
  });
});
