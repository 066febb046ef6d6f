import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of a test's own to run the command in. */
export interface Workplace extends AsyncDisposable {
  readonly folder: string;
}

export async function workplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-cli-"));
  return { folder, [Symbol.asyncDispose]: async () => rm(folder, { recursive: true }) };
}
