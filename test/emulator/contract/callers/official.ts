import { AzureKeyCredential, type TokenCredential } from "@azure/core-auth";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { SmsClient } from "@azure/communication-sms";
import { SmsClient as BetaSmsClient } from "communication-sms-beta";
import type { Emulator } from "../../../../src/emulator/index.js";
import { sender } from "../../wire.js";
import type { Call, OptOutCall, SendCall } from "../contract-case.js";
import { bodyOf, isDone, type Answer, type Caller, type Key } from "./caller.js";
import { observe } from "./recorder.js";

/** The official client of npm's `latest`. */
export const official: Caller = {
  versions: ["2021-03-07"],
  connect: (emulator, _, key) => (call) =>
    observe((httpClient) => send(connect(SmsClient, emulator, key, httpClient), call), same, showError),
  shows,
};

/** The newest preview of it. */
export const officialBeta: Caller = {
  versions: ["2025-05-29-preview"],
  connect: (emulator, _, key) => (call) =>
    observe((httpClient) => make(connect(BetaSmsClient, emulator, key, httpClient), call), same, showError),
  shows,
};

interface Constructor<T> {
  new (connectionString: string, options: object): T;
  new (endpoint: string, credential: AzureKeyCredential, options: object): T;
  new (endpoint: string, credential: TokenCredential, options: object): T;
}

/** By the connection string where that has the key. */
function connect<T>(Client: Constructor<T>, emulator: Emulator, key: Key, httpClient: HttpClient): T {
  const { connectionString, endpoint, accessKeys, certificate } = emulator;
  const tlsOptions = certificate === undefined ? {} : { ca: certificate };
  const options = { allowInsecureConnection: certificate === undefined, httpClient, tlsOptions };
  if (key === accessKeys.primary) return new Client(connectionString, options);
  if (typeof key !== "string") return new Client(endpoint, key, options);
  return new Client(endpoint, new AzureKeyCredential(key), options);
}

function make(client: BetaSmsClient, call: Call): Promise<unknown> {
  if (call.operation === "send" || call.operation === "report") return send(client, call);
  return client.optOuts[call.operation](call.from ?? sender, [...call.to]);
}

function send(client: SmsClient | BetaSmsClient, call: Call): Promise<unknown> {
  if (call.operation !== "send") throw new TypeError(`Expected a send, got ${call.operation}`);
  const { from = sender, to, message = "Hello", options } = call satisfies SendCall;
  return client.send({ from, to: [...to], message }, { ...options });
}

function same(result: unknown): unknown {
  return result;
}

function showError({ name, statusCode, code, message }: Error & { statusCode?: number; code?: string }) {
  return { name, statusCode, code, message };
}

/** Items are passed on untouched, but for those of opt-outs; an error is unwrapped only where it has a message `[RUN]`. */
function shows(call: Call, answer: Answer): unknown {
  const { value = [], error } = bodyOf(answer);
  if (isDone(call, answer)) return call.operation === "send" ? value : value.map((item) => shown(item, call));
  const unwrapped = error === undefined || error.message === "" ? undefined : error;
  const message = unwrapped?.message ?? answer.text;
  return { name: "RestError", statusCode: answer.status, code: unwrapped?.code, message };
}

/** What is missing is made up: an empty text, and `false` even where the check failed `[SDK]`. */
function shown(item: Readonly<Record<string, unknown>>, call: Exclude<Call, SendCall>): unknown {
  const { to, httpStatusCode, errorMessage = "", isOptedOut = false } = item;
  const isCheck = call.operation === ("check" satisfies OptOutCall["operation"]);
  return isCheck ? { to, httpStatusCode, errorMessage, isOptedOut } : { to, httpStatusCode, errorMessage };
}
