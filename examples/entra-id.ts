/**
 * No access key at all: an Entra ID identity with the role "Communication and Email Service Owner", or one of your own
 * with the action that sends messages.
 */
import { DefaultAzureCredential } from "@azure/identity";
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";

import { exampleResource, redirectedTo } from "./resource.ts";

await using resource = await exampleResource();
const suppression = new SuppressionList(new MemorySuppressionStore());

// With ACS_ENDPOINT set this asks your environment (a managed identity, the Azure command line, …) for a real token.
const endpoint = process.env["ACS_ENDPOINT"];
const sms =
  endpoint === undefined
    ? new SmsClient("https://contoso.communication.azure.com", standInCredential(), {
        suppression,
        httpClient: redirectedTo(resource.emulator),
      })
    : new SmsClient(endpoint, new DefaultAzureCredential(), { suppression });

const from = process.env["ACS_SENDER"] ?? "+18005551234";
const to = process.env["ACS_RECIPIENT"] ?? "+14255550123";
const [result] = await sms.send({ from, to: [to], message: "Sent without a key." });
console.log(`The message is ${result?.status}.`);

function standInCredential() {
  const claims = Buffer.from(JSON.stringify({ aud: "https://communication.azure.com/" })).toString(
    "base64url",
  );
  const token = `eyJhbGciOiJub25lIn0.${claims}.c3RhbmQtaW4`;
  return { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
}
