import { ann, bob, sender } from "../../wire.js";
import { invalid, item, sent, unauthorized } from "../answers.js";
import { newer, oldest, onlyByHand, versions, type ContractCase } from "../contract-case.js";

const byHand = onlyByHand("writes its bodies by the schema");
const noNumber = { SmsRecipients: ["Invalid recipient phone number format."] };
const noFrom = { From: ["Invalid from phone number format."] };
const noMessage = { Message: ["The Message field is required."] };
const noFlag = { "SmsSendOptions.EnableDeliveryReport": ["The EnableDeliveryReport field is required."] };
const notAnObject = { $: ["The request body must be a JSON object."] };
const notJson = { $: ["The request body is not valid JSON."] };

const fields: readonly (readonly [string, string, Record<string, unknown>, unknown])[] = [
  ["recipients without numbers", "SPEC-26", { smsRecipients: [{}, { to: "" }, { to: 1 }] }, noNumber],
  ["a from that is empty", "WIRE REC-JS21, SPEC-26", { from: "" }, noFrom],
  ["a from that is missing", "WIRE REC-JS21, SPEC-26", { from: undefined }, noFrom],
  ["a message that is missing", "INFER", { message: undefined }, noMessage],
  ["a message that is null", "INFER", { message: null }, noMessage],
  ["options without enableDeliveryReport", "INFER", { smsSendOptions: { tag: "t" } }, noFlag],
  ["several mistakes", "INFER", { from: 1, message: 2 }, { ...noFrom, ...noMessage }],
];

const bodies: readonly (readonly [string, unknown])[] = [
  ["{", notJson],
  ["", notJson],
  ["[]", notAnObject],
  ["null", notAnObject],
];

function sendOf(rawBody: string): string {
  return JSON.stringify({ from: sender, smsRecipients: [{ to: ann }, { to: bob }], message: rawBody });
}

/** The 400s: the two envelopes of one refusal, and what is no body at all. */
export const malformedCases: readonly ContractCase[] = [
  ...fields.flatMap(([name, source, fields, errors]) =>
    invalid(
      { name, source, leftOut: byHand, texts: { [ann]: [] } },
      { call: { operation: "send", to: [ann], byHand: { fields } } },
      errors,
    ),
  ),
  ...bodies.flatMap(([rawBody, errors]) =>
    invalid(
      { name: `the body ${JSON.stringify(rawBody)}`, source: "INFER", leftOut: byHand },
      { call: { operation: "send", to: [ann], byHand: { rawBody } } },
      errors,
    ),
  ),
  ...invalid(
    { name: "a from of no sender's form", source: "WIRE REC-JS21", versions: oldest },
    { call: { operation: "send", from: "+1425555012345", to: [ann] } },
    noFrom,
  ),
  {
    name: "a from of no sender's form, which newer versions take for a stranger's",
    source: "WIRE REC-JS24",
    versions: newer,
    steps: [{ call: { operation: "send", from: "+1425555012345", to: [ann] }, expected: unauthorized }],
  },
  {
    name: "a body of another content type",
    source: "INFER",
    versions,
    leftOut: byHand,
    steps: [
      {
        call: { operation: "send", to: [ann], byHand: { headers: { "Content-Type": "text/plain" } } },
        expected: {
          status: 415,
          body: {
            type: "https://tools.ietf.org/html/rfc9110#section-15.5.16",
            title: "Unsupported Media Type",
            status: 415,
            traceId: "<traceId>",
          },
        },
      },
    ],
  },
  {
    name: "numbers with an escaped plus, as .NET writes them",
    source: "WIRE REC-NET25",
    versions,
    leftOut: byHand,
    steps: [
      {
        call: {
          operation: "send",
          to: [],
          byHand: { rawBody: sendOf("Hello").replaceAll('"+', '"\\u002B') },
        },
        expected: sent(item.unrepeatable(ann), item.unrepeatable(bob)),
      },
    ],
    texts: { [ann]: ["Hello"], [bob]: ["Hello"] },
  },
  {
    name: "nulls and unknown properties",
    source: "INFER",
    versions,
    leftOut: byHand,
    steps: [
      {
        call: {
          operation: "send",
          to: [],
          byHand: {
            fields: {
              smsRecipients: [{ to: ann, repeatabilityRequestId: null, repeatabilityFirstSent: null }],
              smsSendOptions: null,
              surprise: 1,
            },
          },
        },
        expected: sent(item.unrepeatable(ann)),
      },
      {
        call: {
          operation: "send",
          to: [ann],
          byHand: {
            fields: {
              smsSendOptions: {
                enableDeliveryReport: false,
                tag: null,
                deliveryReportTimeoutInSeconds: null,
                messagingConnect: null,
                validityPeriodSeconds: 60,
              },
            },
          },
        },
        expected: sent(item.accepted(ann)),
      },
    ],
  },
];
