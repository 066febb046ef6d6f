import "./require-node.js";
import { readFileSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { entries } from "./entries.js";
import { root, script } from "./run.js";

const { values } = parseArgs({ options: { update: { type: "boolean", default: false } } });
const configPath = join(root, "api-extractor.json");
/** @type {ReadonlySet<string>} */
const loud = new Set(["error", "warning"]);
const reviews = join(root, "review");

/** The names that any entry exports. */
const exported = new Set(
  entries.flatMap(({ types }) => {
    const lists = readFileSync(join(root, types), "utf8").matchAll(/^export (?:type )?\{([^}]+)\}/gm);
    return Array.from(lists, ([, names = ""]) => names.match(/\w+(?=\s*(?:,|$))/g) ?? []).flat();
  }),
);

await script(async () => {
  await mkdir(reviews, { recursive: true });
  const results = entries.map((entry) => report(entry));
  const settled = (await dropOrphans()) && results.every((result) => result.succeeded);
  if (settled) return;
  process.exitCode = 1;
  if (results.some((result) => result.apiReportChanged)) {
    console.error(
      "The public API differs from review/: run `npm run api`, and commit the difference if it is meant.",
    );
  }
});

/** @param {import("./entries.js").Entry} entry */
function report({ types, report }) {
  const base = ExtractorConfig.loadFile(configPath);
  const config = ExtractorConfig.prepare({
    configObject: {
      ...base,
      mainEntryPointFilePath: join(root, types),
      apiReport: { enabled: true, ...base.apiReport, reportFileName: report },
    },
    configObjectFullPath: configPath,
    packageJsonFullPath: join(root, "package.json"),
  });
  return Extractor.invoke(config, { localBuild: values.update, messageCallback: print });
}

/**
 * Says what is wrong, without the tool's remarks about itself.
 *
 * @param {import("@microsoft/api-extractor").ExtractorMessage} message
 */
function print(message) {
  if (isOfAnotherEntry(message)) message.logLevel = ExtractorLogLevel.None;
  message.handled = !loud.has(message.logLevel);
}

/**
 * An entry may speak in the types of another, which a user imports from there.
 *
 * @param {import("@microsoft/api-extractor").ExtractorMessage} message
 */
function isOfAnotherEntry({ messageId, text }) {
  const symbol = /The symbol "(\w+)"/.exec(text)?.[1];
  return messageId === "ae-forgotten-export" && symbol !== undefined && exported.has(symbol);
}

/** A report whose entry is gone would look as if the entry were still there. */
async function dropOrphans() {
  const known = new Set(entries.map((entry) => entry.report));
  const orphans = (await readdir(reviews)).filter((file) => file.endsWith(".api.md") && !known.has(file));
  if (values.update) await Promise.all(orphans.map((file) => rm(join(reviews, file))));
  else for (const file of orphans) console.error(`review/${file} belongs to no entry of package.json.`);
  return values.update || orphans.length === 0;
}
