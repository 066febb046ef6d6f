import { AzureKeyCredential } from "@azure/core-auth";
import { SmsClient as OfficialClient } from "@azure/communication-sms";
import { SmsClient as OfficialBetaClient } from "communication-sms-beta";
import { describe, expect, it } from "vitest";

import type { SmsClient } from "../../src/client/sms-client.js";
import { canary } from "../support/canary.js";
import { people, person, sender, testClient, text } from "../support/clients.js";
import { accepted, ScriptedServer, type SeenRequest } from "../support/scripted-server.js";

/** What every call puts on the wire, less what differs from call to call: ids, dates, signatures and the agent. */
function comparable(seen: SeenRequest | undefined) {
  if (seen === undefined) throw new TypeError("expected a request");
  const { method, headers, rawBody } = seen;
  const body = rawBody
    .replaceAll(/"repeatabilityRequestId":"[^"]{36}"/g, '"repeatabilityRequestId":"id"')
    .replaceAll(/"repeatabilityFirstSent":"\w{3}, [^"]+ GMT"/g, '"repeatabilityFirstSent":"date"');
  const path = seen.url.split("?")[0];
  return { method, path, body, headers: comparableHeaders(headers) };
}

function comparableHeaders({ ...headers }: SeenRequest["headers"]) {
  expect(headers["x-ms-client-request-id"]).toMatch(/^[\da-f-]{36}$/);
  expect(headers["x-ms-date"]).toMatch(/ GMT$/);
  expect(headers.authorization).toMatch(
    /^HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=/,
  );
  for (const name of [
    "x-ms-client-request-id",
    "x-ms-date",
    "x-ms-content-sha256",
    "authorization",
    "user-agent",
  ]) {
    delete headers[name];
  }
  return headers;
}

async function onTheWire(
  endpointOf: (server: ScriptedServer) => Promise<unknown>,
  answer: (seen: SeenRequest) => ReturnType<typeof accepted> = accepted,
) {
  await using server = await ScriptedServer.start(answer);
  await endpointOf(server);
  return server.requests.map((seen) => ({
    ...comparable(seen),
    host: seen.headers.host === new URL(server.endpoint).host,
  }));
}

function withoutHost(requests: Awaited<ReturnType<typeof onTheWire>>) {
  return requests.map(({ headers, ...rest }) => ({ ...rest, headers: { ...headers, host: "" } }));
}

const credential = new AzureKeyCredential(canary.accessKey);
const insecure = { allowInsecureConnection: true };
const request = { from: sender, to: [person], message: text };

type Send = (sms: Pick<SmsClient, "send">) => Promise<unknown>;

const sends: [string, Send][] = [
  ["a plain send", async (sms) => sms.send(request)],
  ["a send to many", async (sms) => sms.send({ ...request, to: people(100) })],
  ["a send with a report", async (sms) => sms.send(request, { enableDeliveryReport: true })],
  ["a send with a tag", async (sms) => sms.send(request, { tag: "campaign 7" })],
  ["a send with an empty tag", async (sms) => sms.send(request, { enableDeliveryReport: true, tag: "" })],
  ["a send beyond ASCII", async (sms) => sms.send({ ...request, message: 'héllo 你好 🎉 \u2028 "quoted"' })],
  ["a send from a short code", async (sms) => sms.send({ ...request, from: "12345" })],
  [
    "a send with a header of the caller's",
    async (sms) => sms.send(request, { requestOptions: { customHeaders: { "x-mine": "1" } } }),
  ],
];

describe("our client puts on the wire what the official one does", () => {
  it.each(sends)("1.1.0: %s", async (_name, send) => {
    const ours = await onTheWire(async (server) => send(testClient(server)));
    const theirs = await onTheWire(async (server) =>
      send(asOurs(new OfficialClient(server.endpoint, credential, insecure))),
    );
    expect(withoutHost(ours)).toEqual(withoutHost(theirs));
    expect(ours).toHaveLength(1);
  });

  it.each(sends)("1.2.0-beta.4: %s", async (_name, send) => {
    const ours = await onTheWire(async (server) => send(testClient(server)));
    const theirs = await onTheWire(async (server) =>
      send(asOurs(new OfficialBetaClient(server.endpoint, credential, insecure))),
    );
    expect(withoutHost(ours)).toEqual(withoutHost(theirs));
  });

  it("1.2.0-beta.4: a send through Messaging Connect, under its version", async () => {
    const options = { messagingConnect: { partner: "infobip", apiKey: "partner key" } };
    const apiVersion = "2025-05-29-preview";
    const ours = await onTheWire(async (server) => testClient(server, { apiVersion }).send(request, options));
    const theirs = await onTheWire(async (server) =>
      new OfficialBetaClient(server.endpoint, credential, insecure).send(request, options),
    );
    expect(withoutHost(ours)).toEqual(withoutHost(theirs));
  });

  it.each(["add", "remove", "check"] as const)("1.2.0-beta.4: optOuts.%s", async (operation) => {
    const done = ({ body }: SeenRequest) => ({
      status: 200,
      body: { value: body.recipients.map(({ to }) => ({ to, httpStatusCode: 200, isOptedOut: false })) },
    });
    const ours = await onTheWire(
      async (server) => testClient(server).optOuts[operation](sender, people(3)),
      done,
    );
    const theirs = await onTheWire(
      async (server) =>
        new OfficialBetaClient(server.endpoint, credential, insecure).optOuts[operation](sender, people(3)),
      done,
    );
    expect(withoutHost(ours)).toEqual(withoutHost(theirs));
  });

  it("and signs the host it connects to", async () => {
    const ours = await onTheWire(async (server) => testClient(server).send(request));
    expect(ours.map(({ host }) => host)).toEqual([true]);
  });
});

/** The calls above are written against our types; that they fit the official client is checked in types.test-d.ts. */
function asOurs(official: unknown): Pick<SmsClient, "send"> {
  return official as Pick<SmsClient, "send">;
}
