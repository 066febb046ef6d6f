/**
 * Writes a warning where the logs of Azure SDKs go (`AZURE_LOG_LEVEL=warning`). `@azure/logger` comes with the pipeline;
 * where it cannot be found, as under a strict package manager, Node's own warnings take its place.
 */
export async function logWarning(text: string): Promise<void> {
  try {
    const { createClientLogger } = await import("@azure/logger");
    createClientLogger("acs-sms").warning(text);
  } catch {
    process.emitWarning(text, { type: "AcsSmsWarning" });
  }
}
