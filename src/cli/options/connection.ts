import type { TokenCredential } from "@azure/core-auth";

import { parseConnectionString } from "../../acs/connection-string.js";
import { parseEndpoint } from "../../acs/endpoint.js";
import { SmsClient, type SmsClientOptions } from "../../client/sms-client.js";
import { UsageError } from "../failure.js";
import { readText } from "../input/files.js";
import type { Console } from "../output/console.js";
import { loadPackage } from "../stores/load-package.js";

/** How the service is reached. Keys are no options: everybody on the machine can see a command line. */
export const connectionOptions = {
  "connection-string-file": {
    type: "string",
    value: "<file>",
    help: "A file with the connection string. Default: COMMUNICATION_SERVICES_CONNECTION_STRING.",
  },
  endpoint: {
    type: "string",
    value: "<url>",
    help: "The resource's endpoint, with an Entra ID identity (needs the package @azure/identity) in place of a key.",
  },
} as const;

export interface ConnectionValues {
  readonly "connection-string-file": string | undefined;
  readonly endpoint: string | undefined;
}

/** Where the service is, and what proves who asks. */
export interface Connection {
  readonly endpoint: string;
  readonly createClient: (options?: SmsClientOptions) => SmsClient;
}

const variable = "COMMUNICATION_SERVICES_CONNECTION_STRING";

/** @throws UsageError where nothing says how to connect; TypeError for a malformed connection string or endpoint. */
export async function readConnection(values: ConnectionValues, console: Console): Promise<Connection> {
  const { endpoint, "connection-string-file": file } = values;
  if (endpoint !== undefined && file !== undefined)
    throw new UsageError("--endpoint and --connection-string-file exclude each other.");
  if (endpoint !== undefined) return withIdentity(endpoint, console);
  const text = file === undefined ? console.environment.variables[variable] : await readText(file, console);
  if (text === undefined || text === "") {
    throw new UsageError(
      `The resource is not known: set ${variable}, or give --connection-string-file or --endpoint.`,
    );
  }
  return withKey(text.trim(), console);
}

function withKey(text: string, console: Console): Connection {
  console.keepSecret(text);
  const { endpoint, accessKey } = parseConnectionString(text);
  console.keepSecret(accessKey);
  const shared = { allowInsecureConnection: isThisMachine(endpoint) };
  return { endpoint, createClient: (options) => new SmsClient(text, { ...shared, ...options }) };
}

function withIdentity(given: string, console: Console): Connection {
  const endpoint = parseEndpoint("--endpoint", given);
  const { exports } = loadPackage(["@azure/identity"], "--endpoint", console.environment.folder);
  const credential: TokenCredential = new exports.DefaultAzureCredential();
  return { endpoint, createClient: (options) => new SmsClient(endpoint, credential, options) };
}

/** An emulator speaks plain HTTP, and what is said to it stays on this machine. */
function isThisMachine(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
