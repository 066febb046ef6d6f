import { createRequire } from "node:module";

import { EventGridDeserializer } from "@azure/eventgrid";
import { createHttpHeaders, createPipelineRequest, type PipelinePolicy } from "@azure/core-rest-pipeline";
import { countSegments, MemorySuppressionStore, SuppressionList } from "acs-sms";
import { parseSmsEvents } from "acs-sms/events";

import { accessKeyPolicy } from "../src/acs/access-key-policy.ts";
import { isE164 } from "../src/phone-numbers/e164.ts";
import { numbersFrom, optedOutNumbers } from "./numbers.ts";
import { accessKey, sender, text } from "./variants/client.ts";

/** Calls one function so many times. What it gives is kept, lest the compiler leave the calls out. */
export const microSubjects = {
  "sign a request": signing(accessKeyPolicy({ key: accessKey })),
  "sign a request, official": signing(officialSigning()),
  "check a number for E.164": checkNumbers,
  "count the segments of 160 characters": countAll,
  "check 100 recipients in memory": checkSuppression,
  "read a delivery report": readReports,
  "read a delivery report, official": readReportsOfficially,
  "read a delivery report, JSON alone": readJson,
};

export type MicroSubject = keyof typeof microSubjects;

export let kept: unknown;

function signing(policy: PipelinePolicy): (times: number) => Promise<void> {
  const request = createPipelineRequest({
    url: "https://contoso.communication.azure.com/sms?api-version=2021-03-07",
    method: "POST",
    headers: createHttpHeaders({ "Content-Type": "application/json" }),
    body: JSON.stringify({ from: sender, smsRecipients: [{ to: "+14255550123" }], message: text }),
  });
  const response = { status: 202, headers: createHttpHeaders(), request };
  const next = () => Promise.resolve(response);
  return async (times) => {
    for (let call = 0; call < times; call++) kept = await policy.sendRequest(request, next);
  };
}

interface CommunicationCommon {
  createCommunicationAccessKeyCredentialPolicy(credential: { key: string }): PipelinePolicy;
}

/** The official client's own policy, from the package that this client depends on and we do not. */
function officialSigning(): PipelinePolicy {
  const fromHere = createRequire(import.meta.url);
  const fromOfficial = createRequire(fromHere.resolve("@azure/communication-sms"));
  const common: CommunicationCommon = fromOfficial("@azure/communication-common");
  return common.createCommunicationAccessKeyCredentialPolicy({ key: accessKey });
}

const numbers = numbersFrom("+1425", 1000);

function checkNumbers(times: number): void {
  let valid = 0;
  for (let call = 0; call < times; call++) if (isE164(numbers[call % numbers.length] ?? "")) valid++;
  kept = valid;
}

const longTexts = Array.from({ length: 10 }, (_, digit) => String(digit).padStart(160, `${text} `));

function countAll(times: number): void {
  let segments = 0;
  for (let call = 0; call < times; call++) segments += countSegments(longTexts[call % 10] ?? "").segments;
  kept = segments;
}

const list = new SuppressionList(new MemorySuppressionStore());
await list.optOut(sender, optedOutNumbers());

async function checkSuppression(times: number): Promise<void> {
  for (let call = 0; call < times; call++) {
    const start = (call * 100) % numbers.length;
    kept = await list.check(sender, numbers.slice(start, start + 100));
  }
}

const reportBody = JSON.stringify([
  {
    id: "Outgoing_202009180022138813a09b-0cbf-4304-9b03-1546683bb910",
    topic:
      "/subscriptions/s/resourceGroups/g/providers/microsoft.communication/communicationservices/contoso",
    subject: "/phonenumber/18005551234",
    data: {
      messageId: "Outgoing_202009180022138813a09b-0cbf-4304-9b03-1546683bb910",
      from: sender,
      to: "+14255550123",
      deliveryStatus: "Delivered",
      deliveryStatusDetails: "2000: Message Delivered Successfully",
      receivedTimestamp: "2020-09-18T00:22:20.2855749Z",
      deliveryAttempts: [
        { timestamp: "2020-09-18T00:22:14.9315918Z", segmentsSucceeded: 1, segmentsFailed: 0 },
      ],
      tag: "campaign 7",
    },
    eventType: "Microsoft.Communication.SMSDeliveryReportReceived",
    dataVersion: "1.0",
    metadataVersion: "1",
    eventTime: "2020-09-18T00:22:20Z",
  },
]);

function readReports(times: number): void {
  for (let call = 0; call < times; call++) kept = parseSmsEvents(JSON.parse(reportBody));
}

const deserializer = new EventGridDeserializer();

async function readReportsOfficially(times: number): Promise<void> {
  for (let call = 0; call < times; call++) kept = await deserializer.deserializeEventGridEvents(reportBody);
}

function readJson(times: number): void {
  for (let call = 0; call < times; call++) kept = JSON.parse(reportBody);
}
