import { beforeAll, describe, expect, it } from "vitest";

import { startEmulator } from "../../src/emulator/emulator.js";
import { randomFrom } from "../support/random.js";
import { requireBuild } from "../support/require-build.js";
import { killAndResume } from "./killing.js";

/* What `killed.test.ts` does, at length. A seed of its own for each time: `SEED=7 npm run soak` is one again. */

beforeAll(() => requireBuild());

const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const random = randomFrom(seed);

describe(`a campaign of 50,000, killed twenty times (SEED=${seed})`, () => {
  it("texts everybody once, and nobody who opted out, and its journal agrees", async () => {
    await using emulator = await startEmulator({
      deliveryDelayInMs: 0,
      seed,
      faults: {
        latencyInMs: { least: 0, most: 60 },
        dropBefore: 0.02,
        dropAfter: 0.02,
        serverError: 0.02,
        tooManyRequests: 0.02,
        retryAfterInSeconds: 0,
      },
    });
    const { numbers, optedOut, statuses, totals, cutShort } = await killAndResume(emulator, {
      people: 50_000,
      everyOptedOut: 10,
      repeatabilityWindowInSeconds: 300,
      lives: Array.from({ length: 20 }, () => Math.round(random() * 1500)),
    });
    const wrong = numbers.filter(
      (number) => emulator.phone(number).messages().length !== (optedOut.has(number) ? 0 : 1),
    );
    expect(wrong).toEqual([]);
    expect(cutShort).toBeGreaterThan(3);
    const untrue = numbers.filter(
      (number) => statuses.get(number) !== (optedOut.has(number) ? "suppressed" : "accepted"),
    );
    expect(untrue).toEqual([]);
    const none = { rejected: 0, invalid: 0, expired: 0, unknown: 0, open: 0 };
    expect(totals).toEqual({
      ...none,
      accepted: numbers.length - optedOut.size,
      suppressed: optedOut.size,
    });
  });
});
