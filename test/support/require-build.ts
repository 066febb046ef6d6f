import { inject } from "vitest";

/** Called first by tests of the built package, so that they never test what an older build left in `dist`. */
export function requireBuild(): void {
  const failure = inject("buildFailure");
  if (failure !== "") throw new Error(`The package does not build:\n${failure}`);
}
