import { UsageError } from "../failure.js";

/** Values of the form `name=value`, apart. */
export function readPairs(option: string, form: string, given: readonly string[]): [string, string][] {
  return given.map((pair) => {
    const [, name, value] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw new UsageError(`${option} takes ${form}.`);
    return [name, value];
  });
}
