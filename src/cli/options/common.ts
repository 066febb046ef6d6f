/** What every command takes. */
export const commonOptions = {
  verbose: { type: "boolean", help: "Say more about an unexpected error." },
  help: { type: "boolean", help: "Show this help." },
} as const;

export const jsonOption = {
  json: { type: "boolean", help: "Print JSON, for programs." },
} as const;

export const quietOption = {
  quiet: { type: "boolean", help: "Show no progress." },
} as const;
