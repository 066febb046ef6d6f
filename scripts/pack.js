import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNpm, succeed } from "./run.js";

/**
 * Packs what `dist` holds now into a new folder outside the repository, which the caller removes.
 *
 * @returns {Promise<{ folder: string, tarball: string }>}
 */
export async function pack() {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-pack-"));
  await succeed(runNpm(["pack", "--ignore-scripts", "--pack-destination", folder]));
  const [tarball = ""] = await readdir(folder);
  return { folder, tarball: join(folder, tarball) };
}
