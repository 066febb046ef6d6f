import { apiVersions, type ApiVersion } from "../rest/api-versions.js";
import { outOfRange, wrongType } from "./expected.js";

/**
 * The versions that a caller names, oldest first; without any, all.
 *
 * @throws TypeError when it is no array; RangeError for an empty one and for a name that the emulator does not know.
 */
export function readApiVersions(given: unknown): readonly ApiVersion[] {
  if (given === undefined) return apiVersions;
  if (!Array.isArray(given)) throw wrongType("apiVersions", "an array of api-versions", given);
  if (given.length === 0) throw outOfRange("apiVersions", "an array of at least one api-version", given);
  const known = apiVersions.map(({ name }) => name);
  for (const [index, name] of given.entries()) {
    if (!known.includes(name)) throw outOfRange(`apiVersions[${index}]`, `one of ${known.join(", ")}`, name);
  }
  return apiVersions.filter(({ name }) => given.includes(name));
}
