import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pack } from "../../scripts/pack.js";
import { runNpm, succeed } from "../../scripts/run.js";

/** The package as a user has it: packed, and installed in a project of its own outside the repository. */
export interface InstalledPackage extends AsyncDisposable {
  /** The project's folder. */
  readonly project: string;
  /** What the tarball held, in order: `dist/index.js`. */
  readonly files: readonly string[];
}

/** The peers that an entry cannot be imported without, in their oldest versions: the newest are what tests run on. */
const peers = ["undici@7", "bullmq@6", "@opentelemetry/api@1"];

export async function installPackage(): Promise<InstalledPackage> {
  const { folder, tarball } = await pack();
  const project = await mkdtemp(join(tmpdir(), "acs-sms-user-"));
  await writeFile(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const install = [
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--prefix",
    project,
    tarball,
    ...peers,
  ];
  await succeed(runNpm(install, { cwd: project }));
  return {
    project,
    files: await filesIn(join(project, "node_modules", "acs-sms")),
    [Symbol.asyncDispose]: async () => {
      await rm(folder, { recursive: true });
      await rm(project, { recursive: true });
    },
  };
}

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .toSorted();
}
