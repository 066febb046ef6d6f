import { expect, test, vi } from "vitest";
import { createThrottle } from "../../src/emulator/page/throttle.js";

test("passes the first on at once, and those of the pause together", () => {
  vi.useFakeTimers();
  const pass = vi.fn();
  const { add, drop } = createThrottle<number>(pass, 100);
  add([1]);
  add([2]);
  add([3]);
  expect(pass.mock.calls).toEqual([[[1]]]);
  vi.advanceTimersByTime(100);
  expect(pass.mock.calls).toEqual([[[1]], [[2, 3]]]);
  add([4]);
  drop();
  vi.advanceTimersByTime(500);
  add([5]);
  expect(pass.mock.calls).toEqual([[[1]], [[2, 3]], [[5]]]);
  vi.useRealTimers();
});
