import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refresher } from "../../../src/emulator/page/insights/refresher.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A refresher whose answers take so long. */
function refreshing(takesInMs: number) {
  const asked: number[] = [];
  const seen = { is: true };
  const ask = async (): Promise<void> => {
    asked.push(performance.now());
    await new Promise((resolve) => setTimeout(resolve, takesInMs));
  };
  const begun = performance.now();
  const refresher = new Refresher(ask, () => seen.is);
  return {
    changed: () => refresher.changed(),
    now: () => refresher.now(),
    stop: () => refresher.stop(),
    seen,
    times: () => asked.map((time) => time - begun),
  };
}

test("asks at once, one question at a time, and once for all that came meanwhile", async () => {
  const { changed, times } = refreshing(40);
  changed();
  for (let count = 0; count < 5; count += 1) {
    changed();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(times()).toEqual([0]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(times()).toEqual([0, 540]);
});

test("pauses for ten times as long as an answer takes", async () => {
  const { changed, times } = refreshing(200);
  changed();
  await vi.advanceTimersByTimeAsync(300);
  changed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(times()).toEqual([0, 2200]);
});

test("does not ask when nothing has changed", async () => {
  const { changed, times } = refreshing(10);
  changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(times()).toEqual([0]);
});

test("asks another question without a pause, but not before the one under way is answered", async () => {
  const { changed, now, times } = refreshing(100);
  changed();
  await vi.advanceTimersByTimeAsync(50);
  now();
  await vi.advanceTimersByTimeAsync(60);
  expect(times()).toEqual([0, 100]);
  await vi.advanceTimersByTimeAsync(200);
  now();
  expect(times()).toEqual([0, 100, 310]);
});

test("asks nothing while nobody looks, and what was missed when somebody does", async () => {
  const { changed, seen, times } = refreshing(10);
  seen.is = false;
  changed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(times()).toEqual([]);
  seen.is = true;
  changed();
  expect(times()).toEqual([5000]);
});

test("asks nothing once it is stopped", async () => {
  const { changed, now, stop, times } = refreshing(10);
  changed();
  changed();
  stop();
  now();
  await vi.advanceTimersByTimeAsync(5000);
  expect(times()).toEqual([0]);
});
