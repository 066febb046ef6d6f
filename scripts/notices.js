import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readJson, root } from "./run.js";

const heading =
  "This folder contains code of the packages below. It is used and passed on under their licences:\n";

/**
 * The licences of all packages that a bundle was made of.
 *
 * @param {readonly string[]} inputs every file in the bundle, relative to the repository
 */
export async function noticesOf(inputs) {
  const folders = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const notices = await Promise.all([...folders].toSorted().map((folder) => noticeOf(join(root, folder))));
  return [heading, ...notices].join(`\n${"-".repeat(100)}\n\n`);
}

/** @type {(folder: string) => Promise<string>} */
async function noticeOf(folder) {
  const { name, version, license } = readJson(join(folder, "package.json"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file));
  // Most licences ask that their own text goes along: without it the package may not be passed on.
  if (files.length === 0) throw new Error(`${name} has no licence text, so it cannot be bundled.`);
  const texts = await Promise.all(files.toSorted().map((file) => readFile(join(folder, file), "utf8")));
  return [`${name} ${version} (${license})\n`, ...texts].join("\n");
}
