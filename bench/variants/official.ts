import { SmsClient } from "@azure/communication-sms";

import { connectionString, sender, text, type CreateClient } from "./client.ts";

export const createOfficial: CreateClient = (endpoint) => {
  // Its types have no `allowInsecureConnection`; the pipeline underneath it does.
  const options = { allowInsecureConnection: true };
  const client = new SmsClient(connectionString(endpoint), options);
  return {
    async send(recipients) {
      const results = await client.send({ from: sender, to: [...recipients], message: text });
      return results.filter(({ successful }) => successful).length;
    },
  };
};
