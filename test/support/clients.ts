import { AzureKeyCredential } from "@azure/core-auth";

import { SmsClient, type SmsClientOptions } from "../../src/client/sms-client.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { canary } from "./canary.js";

export const sender = "+18005551234";
export const person = canary.numbers[0];
export const text = canary.text;

/** A client that retries without waiting long, over plain http. */
export function testClient(server: { readonly endpoint: string }, options: SmsClientOptions = {}): SmsClient {
  return new SmsClient(server.endpoint, new AzureKeyCredential(canary.accessKey), {
    allowInsecureConnection: true,
    retryOptions: { retryDelayInMs: 1, maxRetryDelayInMs: 2000 },
    ...options,
  });
}

export function testSuppression(): SuppressionList {
  return new SuppressionList(new MemorySuppressionStore());
}

/** Some numbers, all different. */
export function people(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `+1425555${String(index).padStart(4, "0")}`);
}

/** What a call rejected with; a test that expected a rejection fails where there was none. */
export async function rejection(
  call: Promise<unknown>,
): Promise<Error & { results?: readonly { status: string }[] }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new TypeError("rejected with something that is no Error", { cause: error });
  }
  throw new Error("expected a rejection, but the call resolved");
}
