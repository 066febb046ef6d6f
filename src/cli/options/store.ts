/** Where the opt-outs are. */
export const storeOption = {
  store: {
    type: "string",
    value: "<url>",
    help: "The store of opt-outs (see above). Default: ACS_SMS_STORE, which also suits a URL with a password.",
  },
} as const;

export interface StoreValues {
  readonly store: string | undefined;
}

/** The paragraph of a command's help that says what `--store` takes. */
export const storeHelp: string =
  "A store is sqlite:<file>, redis://<host> or rediss://<host> (with ?prefix=<text>), postgres://<host>/<database> (with " +
  "?schema=<name>), azure-tables:<table> (with AZURE_STORAGE_CONNECTION_STRING) or " +
  "azure-tables://<account>.table.core.windows.net/<table> (with an Entra ID identity).";
