import { expect, it } from "vitest";
import { ann, call, emulated, sendBody } from "./wire.js";

/** Whoever compares its length with a number gets an error. */
const lengthy = { length: { toString: null, valueOf: null } };

const options = { enableDeliveryReport: false };
const connect = { partner: lengthy, partnerParams: { key: "value" } };

it.each([
  ["From", sendBody({ from: lengthy })],
  ["Message", sendBody({ message: lengthy })],
  ["SmsRecipients", sendBody({ smsRecipients: lengthy })],
  ["SmsRecipients", sendBody({ smsRecipients: [{ to: lengthy }] })],
  [
    "SmsSendOptions.MessagingConnect.Partner",
    sendBody({ smsSendOptions: { ...options, messagingConnect: connect } }),
  ],
])("a send is refused for its %s, whatever length that says it has", async (field, body) => {
  const emulator = await emulated();
  const answer = await call(emulator, { target: "/sms?api-version=2026-01-23", body });
  expect(answer).toMatchObject({ status: 400, body: { errors: { [field]: [expect.any(String)] } } });
  expect(emulator.requests()).toMatchObject([{ status: 400 }]);
});

it.each([
  ["From", { from: lengthy, recipients: [{ to: ann }] }],
  ["Recipients", { from: "+18005551234", recipients: lengthy }],
])("so is an opt-out: %s", async (field, body) => {
  const emulator = await emulated();
  const answer = await call(emulator, { target: "/sms/optouts:add?api-version=2026-01-23", body });
  expect(answer).toMatchObject({ status: 400, body: { errors: { [field]: [expect.any(String)] } } });
});

it.each([
  ["webhook.headers.X-Key", { headers: { "X-Key": lengthy } }],
  ["webhook.eventTypes", { eventTypes: lengthy }],
])("and a webhook: %s", async (field, given) => {
  const emulator = await emulated();
  const body = { url: "http://127.0.0.1:3000/", ...given };
  const answer = await call(emulator, { target: "/_emulator/webhooks", body });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(`Expected \`${field}\` to be`);
});

it("says how many recipients there may be beside what is wrong with one of them", async () => {
  const emulator = await emulated();
  const smsRecipients = [{ to: 1 }, ...Array.from({ length: 100 }, () => ({ to: ann }))];
  const answer = await call(emulator, {
    target: "/sms?api-version=2026-01-23",
    body: sendBody({ smsRecipients }),
  });
  expect(answer.body).toMatchObject({
    errors: {
      SmsRecipients: [
        "Invalid recipient phone number format.",
        "The field SmsRecipients must hold 1 to 100 recipients.",
      ],
    },
  });
});
