import type { Finding } from "./finding.js";

/** `engines` of this package. */
const oldest = [22, 13] as const;

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isSupported = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  const message = `This is Node ${version}.`;
  if (isSupported) return { check: "node", status: "ok", message };
  return { check: "node", status: "fail", message, advice: `Use Node ${oldest.join(".")} or newer.` };
}
