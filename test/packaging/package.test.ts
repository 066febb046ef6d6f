import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, test } from "vitest";
import { entries } from "../../scripts/entries.js";
import { root, run, runTool, succeed } from "../../scripts/run.js";
import { requireBuild } from "../support/require-build.js";
import { installPackage, type InstalledPackage } from "./installed-package.js";
import { nodeOfVersion } from "./nodes.js";
import { uses } from "./uses.js";

/** The oldest Node of `engines`, the newest of that line, and this repository's own. */
const nodeVersions = new Set(["22.13.0", "22.23.3", process.versions.node]);

/** What each entry exports, as this Node sees it. */
const exported = new Map<string, string[]>();
let installed: InstalledPackage;

beforeAll(async () => {
  requireBuild();
  installed = await installPackage();
  for (const { name } of entries) exported.set(name, (await importAndUse(process.execPath, name)).names);
  return () => installed[Symbol.asyncDispose]();
}, 180_000);

test("holds what a user needs and nothing else", () => {
  const papers = [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "docs/campaigns.md",
    "docs/emulator.md",
    "docs/insights.md",
    "package.json",
  ];
  const rest = installed.files.filter((file) => !papers.includes(file));
  expect(installed.files).toEqual(expect.arrayContaining(papers));
  expect(
    rest.filter((file) => !/^dist\/.+(\.js|\.d\.ts)$|^dist\/THIRD-PARTY-NOTICES\.txt$/.test(file)),
  ).toEqual([
    "dist/emulator/openapi.json",
    "dist/emulator/page/assets/page.css",
    "dist/emulator/page/index.html",
  ]);
  expect(rest.filter((file) => /\.test\.|(^|\/)(tests?|fixtures?)\//.test(file))).toEqual([]);
});

test("names no source map that is not there", async () => {
  const scripts = installed.files.filter((file) => file.endsWith(".js"));
  const texts = await Promise.all(scripts.map((file) => readFile(pathOf(file), "utf8")));
  expect(texts.filter((text) => text.includes("sourceMappingURL="))).toEqual([]);
});

test("brings the licences of what it bundles", async () => {
  const notices = await readFile(pathOf("dist/THIRD-PARTY-NOTICES.txt"), "utf8");
  const scripts = installed.files.filter((file) => file.endsWith(".js"));
  const texts = await Promise.all(scripts.map((file) => readFile(pathOf(file), "utf8")));
  const packages = texts.flatMap((text) =>
    Array.from(text.matchAll(/^\/\/ .*node_modules\/((?:@[^/]+\/)?[^/]+)/gm), ([, name = ""]) => name),
  );
  expect(packages.length).toBeGreaterThan(0);
  // The page's script is too small to say what it was made of.
  packages.push("preact", "@preact/signals", "@preact/signals-core");
  for (const name of new Set(packages)) expect(notices).toMatch(new RegExp(`^${name} \\d`, "m"));
});

test("runs the emulator by npx with nothing else, its page and its document included", async () => {
  await using running = await npxEmulator(["--port", "0", "--json"]);
  const { endpoint } = JSON.parse(running.firstLine);
  const page = await fetch(endpoint).then((answer) => answer.text());
  const assets = Array.from(page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g), ([, path = ""]) => path);
  expect(assets.toSorted()).toEqual(["assets/page.css", "assets/page.js"]);
  for (const path of assets) expect((await fetch(`${endpoint}/${path}`)).status).toBe(200);
  const document = await fetch(`${endpoint}/_emulator/openapi.json`).then((answer) => answer.json());
  const file = createRequire(pathOf("package.json")).resolve("acs-sms/emulator/openapi.json");
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(document);
});

test("makes a certificate for it, and nothing is missing for that", async () => {
  const certificate = join(installed.project, "emulator.pem");
  const options = ["--port", "0", "--json", "--https", "--certificate", certificate];
  await using running = await npxEmulator(options);
  const { endpoint } = JSON.parse(running.firstLine);
  const asked = `fetch("${endpoint}").then(({ status }) => console.log(status))`;
  const trusting = { env: { NODE_EXTRA_CA_CERTS: certificate } };
  expect(await succeed(run(process.execPath, ["-e", asked], trusting))).toBe("200\n");
});

/** Starts the command of the installed package as a user does, and ends it with all that npx started. */
async function npxEmulator(args: readonly string[]) {
  const child = spawn("npx", ["--no-install", "acs-sms", "emulator", ...args], {
    cwd: installed.project,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const closed = once(child, "close");
  const [firstLine] = await once(createInterface(child.stdout), "line");
  return {
    firstLine: String(firstLine),
    async [Symbol.asyncDispose]() {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await closed;
    },
  };
}

test("every entry has a use", () => {
  expect(Object.keys(uses)).toEqual(entries.map(({ name }) => name));
});

describe.for([...nodeVersions])("on Node %s", (version) => {
  test.for(entries)(
    "$name works by import and by require",
    { timeout: 180_000 },
    async ({ name }, { skip }) => {
      const node = version === process.versions.node ? process.execPath : await nodeOfVersion(version);
      if (node === undefined) {
        skip(absent(version));
        return;
      }
      const works = { version, names: exported.get(name), worked: true };
      expect(await importAndUse(node, name)).toEqual(works);
      expect(await requireAndUse(node, name)).toEqual(works);
    },
  );
});

test("a strict compiler accepts its declarations, which name exactly what it exports", async () => {
  const lines = [...exported].map(([name, names], index) => {
    const object = names.map((exportName) => `${exportName}: true`).join(", ");
    // Fails for a name that is missing, and for one too many.
    return `export const entry${index}: Record<keyof typeof import("${name}"), true> = { ${object} };\n`;
  });
  await writeFile(join(installed.project, "user.ts"), lines.join(""));
  await writeFile(join(installed.project, "tsconfig.json"), JSON.stringify(strictest));
  expect(await runTool("tsc", ["-p", installed.project])).toMatchObject({ code: 0, output: "" });
});

const strictest = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    target: "es2023",
    lib: ["es2023", "esnext.disposable"],
    module: "nodenext",
    typeRoots: [join(root, "node_modules", "@types")],
    types: ["node"],
  },
  files: ["user.ts"],
};

const pathOf = (file: string): string => join(installed.project, "node_modules", "acs-sms", file);

interface Use {
  version: string;
  names: string[];
  worked: boolean;
}

const importAndUse = (node: string, name: string) =>
  use(node, "use.mjs", `import * as entry from "${name}";`, name);

const requireAndUse = (node: string, name: string) =>
  use(node, "use.cjs", `const entry = require("${name}");`, name);

async function use(node: string, file: string, opening: string, name: string): Promise<Use> {
  const program = `${opening}
    const use = async () => { ${uses[name]} };
    use().then((worked) => {
      const names = Object.keys(entry).sort();
      console.log(JSON.stringify({ version: process.versions.node, names, worked }));
    });`;
  await writeFile(join(installed.project, file), program);
  return JSON.parse(await succeed(run(node, [file], { cwd: installed.project, timeout: 60_000 })));
}

/** Where every Node must be tested, a missing one is a failure; on a developer's machine it is said aloud. */
function absent(version: string): string {
  const note = `No Node ${version} is published on npm for ${process.platform}-${process.arch}.`;
  if (process.env["CI"] === "true") throw new Error(note);
  process.stderr.write(`${note}\n`);
  return note;
}
