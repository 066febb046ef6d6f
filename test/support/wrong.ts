/** A value of a type that the compiler would refuse, as callers in plain JavaScript, and stores, may well give it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is inferred where the value goes
export function wrong<T>(value: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return value as T;
}
