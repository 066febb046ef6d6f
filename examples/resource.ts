import type { Server } from "node:http";

import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { startEmulator, type Emulator, type InboundMessage } from "acs-sms/emulator";

/** A resource for the examples, on this machine. With one of your own you need none of this. */
export interface ExampleResource extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly connectionString: string;
  /** The emulator speaks plain HTTP; a real resource does not. */
  readonly options: { allowInsecureConnection: true };
}

export async function exampleResource(): Promise<ExampleResource> {
  const emulator = await startEmulator();
  const { connectionString } = emulator;
  const options = { allowInsecureConnection: true } as const;
  return { emulator, connectionString, options, [Symbol.asyncDispose]: async () => emulator.close() };
}

/** Takes what goes to `https://…` to the emulator instead: tokens are never sent over plain HTTP otherwise. */
export function redirectedTo(emulator: Emulator): HttpClient {
  const client = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      request.url = request.url.replace(/^https:\/\/[^/]+/, emulator.endpoint);
      request.allowInsecureConnection = true;
      return client.sendRequest(request);
    },
  };
}

/** A server of this machine, at an address that the emulator can deliver to. */
export interface ExampleServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts a server on any free port. */
export async function listening(server: Server): Promise<ExampleServer> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The event about what a phone sent, as Event Grid has it, for a function that a platform would call with it. */
export function smsReceivedEvent({ messageId, from, to, message, receivedAt }: InboundMessage) {
  return {
    id: messageId,
    topic:
      "/subscriptions/{sub}/resourceGroups/{rg}/providers/microsoft.communication/communicationservices/{res}",
    subject: `/phonenumber/${to.slice(1)}`,
    data: {
      messageId,
      from: from.slice(1),
      to: to.slice(1),
      message,
      receivedTimestamp: receivedAt.toISOString(),
      segmentCount: 1,
    },
    eventType: "Microsoft.Communication.SMSReceived",
    dataVersion: "1.0",
    metadataVersion: "1",
    eventTime: receivedAt.toISOString(),
  };
}
