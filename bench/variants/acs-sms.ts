import { MemorySuppressionStore, SmsClient, SuppressionList, type SmsClientOptions } from "acs-sms";

import { connectionString, sender, text, type BenchClient, type CreateClient } from "./client.ts";

/** The client as the README creates it. */
export const createAcsSms: CreateClient = (endpoint, optedOut) => createWith({}, endpoint, optedOut);

/** The same, with further options. */
export async function createWith(
  options: SmsClientOptions,
  endpoint: string,
  optedOut: readonly string[],
): Promise<BenchClient> {
  const suppression = new SuppressionList(new MemorySuppressionStore());
  if (optedOut.length > 0) await suppression.optOut(sender, optedOut);
  const common = { allowInsecureConnection: true, suppression };
  return sending(new SmsClient(connectionString(endpoint), { ...common, ...options }));
}

/** As the official client works: nobody is held back. Its difference from the above is what suppression costs. */
export const createUnsuppressed: CreateClient = (endpoint) =>
  sending(new SmsClient(connectionString(endpoint), { allowInsecureConnection: true }));

function sending(client: SmsClient): BenchClient {
  return {
    async send(recipients) {
      const results = await client.send({ from: sender, to: [...recipients], message: text });
      return results.filter(({ status }) => status === "accepted").length;
    },
  };
}
