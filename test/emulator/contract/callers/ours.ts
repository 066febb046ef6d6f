import { AzureKeyCredential } from "@azure/core-auth";
import { expect } from "vitest";
import { SmsClient, type SmsClientOptions } from "../../../../src/client/sms-client.js";
import type { SmsSendResult } from "../../../../src/client/send-result.js";
import type { Emulator } from "../../../../src/emulator/index.js";
import { sender } from "../../wire.js";
import { versions, type Call, type SendCall } from "../contract-case.js";
import { bodyOf, isDone, type Answer, type Caller, type Key } from "./caller.js";
import { observe } from "./recorder.js";

/** The client of this package, told which version to speak. */
export const ours: Caller = {
  versions,
  connect: (emulator, apiVersion, key) => (call) =>
    observe(
      (httpClient) => {
        const { certificate } = emulator;
        const tlsOptions = certificate === undefined ? {} : { ca: certificate };
        const allowInsecureConnection = certificate === undefined;
        const options = { allowInsecureConnection, apiVersion, httpClient, tlsOptions };
        return make(clientWith(emulator, key, options), call);
      },
      (result) => result,
      ({ name, statusCode, code, message }) =>
        statusCode === undefined ? { name } : { name, statusCode, code, message },
    ),
  shows(call, answer) {
    if (call.operation === "report" && answer.status === 404) return undefined;
    if (!isDone(call, answer)) return refusal(answer);
    if (call.operation === "report") return report(answer);
    const { value = [] } = bodyOf(answer);
    return value.map((item) => (call.operation === "send" ? sent(item, call) : listed(item)));
  },
};

/** By the connection string where that has the key. */
function clientWith(emulator: Emulator, key: Key, options: SmsClientOptions): SmsClient {
  const { connectionString, endpoint, accessKeys } = emulator;
  if (key === accessKeys.primary) return new SmsClient(connectionString, options);
  return new SmsClient(endpoint, typeof key === "string" ? new AzureKeyCredential(key) : key, options);
}

function make(client: SmsClient, call: Call): Promise<unknown> {
  if (call.operation === "report") return client.getDeliveryReport(call.messageId);
  if (call.operation === "send") return send(client, call);
  return client.optOuts[call.operation](call.from ?? sender, call.to);
}

async function send(client: SmsClient, call: SendCall): Promise<unknown> {
  const { from = sender, to, message = "Hello", options, identity } = call;
  const idempotency = identity && { key: identity.id, firstSentAt: identity.firstSentAt };
  const results = await client.send({ from, to, message }, { ...options, idempotency });
  return results.map(withoutError);
}

/** The error of a result says the same as its text. */
function withoutError(result: SmsSendResult): unknown {
  const { error: _, ...rest } = "error" in result ? result : { ...result, error: undefined };
  return rest;
}

function sent(item: Readonly<Record<string, unknown>>, { identity }: SendCall): unknown {
  if (item["repeatabilityResult"] === "rejected" && identity !== undefined) return unknown(item, identity);
  return { ...item, status: item["successful"] === true ? "accepted" : "rejected" };
}

/** That a repeat is refused says nothing of what it repeats. */
function unknown(
  { to, errorMessage }: Readonly<Record<string, unknown>>,
  { id: key, firstSentAt }: NonNullable<SendCall["identity"]>,
): unknown {
  const words = expect.stringContaining(String(errorMessage)) as unknown;
  const idempotency = { key, firstSentAt };
  return { to, httpStatusCode: 0, successful: false, status: "unknown", errorMessage: words, idempotency };
}

/** A check that failed has no `isOptedOut`, and an error. */
function listed({ errorMessage = "", ...item }: Readonly<Record<string, unknown>>): unknown {
  const error = { error: expect.objectContaining({ code: "recipient-rejected" }) as unknown };
  return { ...item, errorMessage, ...(item["httpStatusCode"] === 200 ? {} : error) };
}

/** The status, the code, and every text of the body, in a sentence. */
function refusal(answer: Answer): unknown {
  const { error, errors, ...fields } = bodyOf(answer);
  const isBare = answer.status === 400 && error === undefined && errors === undefined;
  const texts =
    error === undefined ? Object.values(errors ?? (isBare ? fields : {})).flat() : [error.message];
  const message = expect.toSatisfy((message: string) =>
    texts.every((text) => message.includes(String(text))),
  );
  return { name: "RestError", statusCode: answer.status, code: error?.code, message: message as unknown };
}

function report(answer: Answer): unknown {
  const wire = JSON.parse(answer.text) as Record<string, string> & {
    deliveryAttempts: readonly { timestamp: string }[];
  };
  const { messageId, from, to, tag, deliveryStatus = "", deliveryStatusDetails: details = "" } = wire;
  const code = /^\d{4}/.exec(details)?.[0];
  return {
    messageId,
    from,
    to,
    status: deliveryStatus.toLowerCase(),
    details,
    ...(code === undefined ? {} : { code: Number(code) }),
    attempts: wire.deliveryAttempts.map(({ timestamp, ...rest }) => ({ at: new Date(timestamp), ...rest })),
    receivedAt: new Date(wire["receivedTimestamp"] ?? ""),
    ...(tag === undefined ? {} : { tag }),
  };
}
