import { describe, expect, it } from "vitest";
import { cases } from "./cases.js";
import { callerNames, type CallerName, type ContractCase, type Version } from "./contract-case.js";
import { callers, play } from "./play-case.js";

/** The versions in which a caller makes a case's calls; none where it cannot. */
function spoken({ versions, leftOut }: ContractCase, name: CallerName): readonly Version[] {
  if (leftOut?.[name] !== undefined) return [];
  return versions.filter((version) => callers[name].versions.includes(version));
}

/** Nobody gets what our client holds back. */
function expectedTexts({ texts = {}, steps }: ContractCase, name: CallerName): ContractCase["texts"] {
  const isHeldBack = name === "acs-sms" && steps.some(({ ours }) => ours !== undefined);
  return isHeldBack ? Object.fromEntries(Object.keys(texts).map((number) => [number, []])) : texts;
}

describe.each(callerNames)("by %s", (name) => {
  const runs = cases.flatMap((given) => spoken(given, name).map((version) => ({ given, version })));
  it.each(runs.map(({ given, version }) => [given.name, version, given.source, given] as const))(
    "%s, in %s (%s)",
    async (_name, version, _source, given) => {
      expect(await play(given, name, version)).toEqual(expectedTexts(given, name));
    },
  );
});

/** Cases, not runs: most are run in several versions. A case that a caller no longer makes is to be noticed. */
it("is made by each caller as often as it should", () => {
  const counts = callerNames.map((name) => [
    name,
    cases.filter((given) => spoken(given, name).length > 0).length,
  ]);
  expect({ cases: cases.length, ...Object.fromEntries(counts) }).toEqual({
    cases: 190,
    fetch: 189,
    "1.1.0": 22,
    "1.2.0-beta.4": 66,
    "acs-sms": 103,
  });
});

it("has a name for each case, and a source", () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(cases.filter(({ source }) => !/^(WIRE|SPEC|DOC|INFER|RUN|SDK)/.test(source))).toEqual([]);
});
