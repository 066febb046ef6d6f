import { arch, release, type } from "node:os";

import type { PipelineClientOptions } from "./client-options.js";
import { packageVersion } from "./package-version.js";

/** How this package names itself, after the caller's own prefix. */
export function userAgentPrefix({ userAgentOptions }: PipelineClientOptions): string {
  const own = `acs-sms/${packageVersion}`;
  const prefix = userAgentOptions?.userAgentPrefix;
  return prefix === undefined ? own : `${prefix} ${own}`;
}

/** The `User-Agent` header, in the form of Azure SDKs. */
export function userAgent(options: PipelineClientOptions): string {
  return `${userAgentPrefix(options)} Node/${process.versions.node} (${type()} ${release()}; ${arch()})`;
}
