import { randomUUID } from "node:crypto";
import type { Emulator } from "../../../../src/emulator/index.js";
import { sender, sign, type WireRequest } from "../../wire.js";
import { versions, type Call, type SendCall, type SendOptions, type Version } from "../contract-case.js";
import type { Caller } from "./caller.js";

/** `fetch`, with a signature made by hand: speaks every version, and can be wrong in every way. */
export const byFetch: Caller = {
  versions,
  connect: (emulator, version, key) => async (call) => {
    if (typeof key !== "string") throw new TypeError("Expected a key, got a token");
    const wire = { key, ...requestFor(call, version), ...withoutFields(call) };
    const response = await fetch(emulator.endpoint + wire.target, initOf(emulator, wire));
    const { status, headers } = response;
    const text = await response.text();
    return { answer: { status, text, header: (name) => headers.get(name) ?? undefined }, shown: text };
  },
  shows: (_, { text }) => text,
};

function withoutFields({ byHand }: Call): Omit<Partial<WireRequest>, "body"> {
  const { fields: _, ...wire } = byHand ?? {};
  return wire;
}

function requestFor(call: Call, version: Version): WireRequest {
  const query = `?api-version=${version}`;
  if (call.operation === "report") {
    return { method: "GET", target: `/deliveryReports/${call.messageId}${query}` };
  }
  if (call.operation === "send") return { target: `/sms${query}`, body: sendBodyOf(call, version) };
  const recipients = call.to.map((to) => ({ to }));
  const body = { from: call.from ?? sender, recipients, ...call.byHand?.fields };
  return { target: `/sms/optouts:${call.operation}${query}`, body };
}

function sendBodyOf(call: SendCall, version: Version): Record<string, unknown> {
  const { from = sender, to, message = "Hello", identity, options } = call;
  const repeatabilityFirstSent = (identity?.firstSentAt ?? new Date()).toUTCString();
  return {
    from,
    smsRecipients: to.map((to) => ({
      to,
      repeatabilityRequestId: identity?.id ?? randomUUID(),
      repeatabilityFirstSent,
    })),
    message,
    smsSendOptions: optionsOf(options, version),
    ...call.byHand?.fields,
  };
}

/** The option of Messaging Connect changed its shape with 2026-01-23. */
function optionsOf(
  { messagingConnect, ...options }: SendOptions = {},
  version: Version,
): Record<string, unknown> {
  const rest = { enableDeliveryReport: false, ...options };
  if (messagingConnect === undefined) return rest;
  const { partner, apiKey } = messagingConnect;
  const isNew = version === "2026-01-23";
  return { ...rest, messagingConnect: isNew ? { partner, partnerParams: { apiKey } } : messagingConnect };
}

function initOf(emulator: Emulator, wire: WireRequest): RequestInit {
  const { method = "POST", body, rawBody } = wire;
  const sent = rawBody ?? (body === undefined ? "" : JSON.stringify(body));
  const signed = sign(emulator, wire, method, wire.signedBody ?? sent);
  const headers = { "Content-Type": "application/json", ...signed, ...wire.headers };
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { method, headers: given, ...(method === "GET" ? {} : { body: sent }) };
}
