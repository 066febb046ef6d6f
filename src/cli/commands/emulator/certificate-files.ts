import { X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, resolve } from "node:path";

import type { EmulatorCertificate } from "../../../emulator/server/certificate.js";
import type { Environment } from "../../environment.js";
import type { Console } from "../../output/console.js";

/** In the person's own folder, so that what they once told their machine to trust stays the same for all projects. */
export const defaultCertificatePath = "~/.acs-sms/emulator.pem";

/** The certificate in a file, with its key beside it; a new one where there is none, or none that is valid any more. */
export async function keepCertificate(
  path: string | undefined,
  { environment }: Console,
): Promise<EmulatorCertificate> {
  const file = certificateFile(path, environment);
  const kept = await load(file);
  if (kept !== undefined && new Date(new X509Certificate(kept.certificate).validTo) > environment.now()) {
    return kept;
  }
  const { createCertificate } = await import("../../../emulator/server/certificate.js");
  const made = await createCertificate();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(keyBeside(file), made.key, { mode: 0o600 });
  await writeFile(file, made.certificate);
  return made;
}

/** Where the certificate is. */
export function certificateFile(path: string | undefined, { folder }: Environment): string {
  return resolve(folder, (path ?? defaultCertificatePath).replace(/^~(?=\/)/, homedir()));
}

function keyBeside(file: string): string {
  return `${file.replace(/\.pem$/, "")}.key`;
}

async function load(file: string): Promise<EmulatorCertificate | undefined> {
  const [certificate, key] = await Promise.all([read(file), read(keyBeside(file))]);
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
