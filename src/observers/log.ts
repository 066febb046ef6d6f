/** Made once: `@azure/logger` keeps every logger it makes, and anyone can have a webhook write warnings. */
let warn: Promise<(text: string) => void> | undefined;

/**
 * Writes a warning where the logs of Azure SDKs go (`AZURE_LOG_LEVEL=warning`). `@azure/logger` comes with the pipeline;
 * where it cannot be found, as under a strict package manager, Node's own warnings take its place.
 */
export async function logWarning(text: string): Promise<void> {
  warn ??= loadLogger();
  (await warn)(text);
}

async function loadLogger(): Promise<(text: string) => void> {
  try {
    const { createClientLogger } = await import("@azure/logger");
    return createClientLogger("acs-sms").warning;
  } catch {
    return (text) => process.emitWarning(text, { type: "AcsSmsWarning" });
  }
}
