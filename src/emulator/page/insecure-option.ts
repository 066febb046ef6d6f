/** What a client is told as its second argument, in a line of its own: over HTTPS it need not be. */
export function insecureOption(connectionString: string): string {
  return connectionString.startsWith("endpoint=https:") ? "" : "\n  { allowInsecureConnection: true },";
}
