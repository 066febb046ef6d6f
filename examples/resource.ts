import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { startEmulator, type Emulator } from "acs-sms/emulator";

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
