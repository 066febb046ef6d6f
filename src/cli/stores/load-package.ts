import { createRequire } from "node:module";
import { join } from "node:path";

import type * as AzureTables from "@azure/data-tables";
import type * as AzureIdentity from "@azure/identity";
import type * as IoRedis from "ioredis";
import type * as Pg from "pg";
import type * as Redis from "redis";

import { Failure } from "../failure.js";

/** The packages that a user installs for a part of the command. */
interface Packages {
  readonly redis: typeof Redis;
  readonly ioredis: typeof IoRedis;
  readonly pg: typeof Pg;
  readonly "@azure/data-tables": typeof AzureTables;
  readonly "@azure/identity": typeof AzureIdentity;
}

type PackageName = keyof Packages;

/**
 * The first of some packages that is installed: in the project in which the command is run, else beside this package, as
 * `npx acs-sms` and a global installation have it.
 *
 * @throws Failure with the line that installs the first of them.
 */
export function loadPackage<Name extends PackageName>(
  names: readonly [Name, ...Name[]],
  purpose: string,
  folder: string,
): { readonly [Each in Name]: { readonly name: Each; readonly exports: Packages[Each] } }[Name];
export function loadPackage(
  names: readonly PackageName[],
  purpose: string,
  folder: string,
): { name: PackageName; exports: unknown } {
  const places = [join(folder, "package.json"), import.meta.url].map((place) => createRequire(place));
  for (const require of places) {
    for (const name of names) if (isIn(require, name)) return { name, exports: require(name) };
  }
  throw new Failure(
    `${purpose} needs the package ${names.join(" or ")}, which is not installed. This installs it:\n` +
      `  npm install ${names[0]}`,
  );
}

function isIn(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
