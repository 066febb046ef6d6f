import { AzureKeyCredential } from "@azure/core-auth";
import { SmsClient } from "@azure/communication-sms";
import { SmsClient as BetaSmsClient } from "communication-sms-beta";
import { describe, expect, it } from "vitest";
import { ann, bob, emulated, sender, texts } from "./wire.js";

/** The official client unwraps an error only if its message is not empty; else it throws the body's text. */
const unauthorized = '{"error":{"code":"Unauthorized","message":""}}';
const insecure = { allowInsecureConnection: true };
const request = { from: sender, to: [ann, bob], message: "Hello from the official client" };

describe.each([
  ["1.1.0", SmsClient, "2021-03-07"],
  ["1.2.0-beta.4", BetaSmsClient, "2025-05-29-preview"],
])("the unmodified official client %s", (_, Client, apiVersion) => {
  it("sends with a connection string", async () => {
    const emulator = await emulated();
    const client = new Client(emulator.connectionString, insecure);
    const results = await client.send(request, { enableDeliveryReport: true, tag: "t" });
    expect(results).toEqual(
      [ann, bob].map((to) => ({
        to,
        messageId: expect.stringMatching(/^Outgoing_/),
        httpStatusCode: 202,
        repeatabilityResult: "accepted",
        successful: true,
      })),
    );
    expect(texts(emulator, ann)).toEqual([request.message]);
    expect(texts(emulator, bob)).toEqual([request.message]);
    expect(emulator.requests()).toMatchObject([
      { path: "/sms", apiVersion, status: 202, signature: "valid", recipients: 2 },
    ]);
  });

  it("sends with the secondary key", async () => {
    const emulator = await emulated();
    const credential = new AzureKeyCredential(emulator.accessKeys.secondary);
    await new Client(emulator.endpoint, credential, insecure).send(request);
    expect(texts(emulator, ann)).toHaveLength(1);
  });

  it("is refused with another key", async () => {
    const emulator = await emulated();
    const credential = new AzureKeyCredential(Buffer.alloc(64).toString("base64"));
    await expect(new Client(emulator.endpoint, credential, insecure).send(request)).rejects.toMatchObject({
      name: "RestError",
      statusCode: 401,
      message: unauthorized,
    });
    expect(texts(emulator, ann)).toEqual([]);
  });

  it("is refused with a sender that is not the resource's", async () => {
    const emulator = await emulated();
    const client = new Client(emulator.connectionString, insecure);
    await expect(client.send({ ...request, from: "+15550000000" })).rejects.toMatchObject({
      statusCode: 401,
      message: unauthorized,
    });
  });

  it("gets one result for a bad number among good ones", async () => {
    const emulator = await emulated();
    const client = new Client(emulator.connectionString, insecure);
    const results = await client.send({ ...request, to: [ann, "+1425555012345", bob] });
    expect(results).toMatchObject([
      { to: ann, successful: true },
      { to: "+1425555012345", successful: false, httpStatusCode: 400, errorMessage: expect.any(String) },
      { to: bob, successful: true },
    ]);
    expect(results[1]).not.toHaveProperty("repeatabilityResult");
  });

  it("is accepted, and reaches nobody, after a STOP", async () => {
    const emulator = await emulated();
    emulator.phone(ann).send("STOP", { to: sender });
    const results = await new Client(emulator.connectionString, insecure).send(request);
    expect(results).toMatchObject([{ successful: true }, { successful: true }]);
    expect(texts(emulator, ann)).toEqual([expect.stringContaining("NETWORK MSG: You replied")]);
    expect(texts(emulator, bob)).toEqual([request.message]);
  });
});

it("lets the official beta client add, check and remove opt-outs", async () => {
  const emulator = await emulated();
  const { optOuts } = new BetaSmsClient(emulator.connectionString, insecure);
  expect(await optOuts.check(sender, [ann])).toMatchObject([{ to: ann, isOptedOut: false }]);
  expect(await optOuts.add(sender, [ann])).toMatchObject([{ to: ann, httpStatusCode: 200 }]);
  expect(await optOuts.check(sender, [ann, bob])).toMatchObject([
    { to: ann, httpStatusCode: 200, isOptedOut: true },
    { to: bob, httpStatusCode: 200, isOptedOut: false },
  ]);
  expect(await optOuts.remove(sender, [ann])).toMatchObject([{ to: ann, httpStatusCode: 200 }]);
  expect(await optOuts.check(sender, [ann])).toMatchObject([{ to: ann, isOptedOut: false }]);
});
