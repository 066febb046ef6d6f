import { ann, bob } from "../../wire.js";
import { invalid, item, sent } from "../answers.js";
import { before, onlyByHand, since, versions, type ContractCase } from "../contract-case.js";

const people = Array.from({ length: 101 }, (_, index) => `+1425555${String(1000 + index)}`);
const hundred = people.slice(0, 100);
const recipientCount = { SmsRecipients: ["The field SmsRecipients must hold 1 to 100 recipients."] };
const messageLength = { Message: ["The field Message must be a string with a maximum length of 2048."] };
const timeoutRange = {
  "SmsSendOptions.DeliveryReportTimeoutInSeconds": [
    "The field DeliveryReportTimeoutInSeconds must be between 60 and 43200.",
  ],
};
const hasTimeout = since("2024-02-05-preview");
/** What they don't know they cannot be told. */
const noTimeout = {
  "1.1.0": "does not know the option",
  "1.2.0-beta.4": "drops the option",
};
const infer = "SPEC-26 for the limit; INFER for the words";

function timeout(seconds: unknown): ContractCase["steps"][number]["call"] {
  const smsSendOptions = { enableDeliveryReport: true, deliveryReportTimeoutInSeconds: seconds };
  return { operation: "send", to: [ann], byHand: { fields: { smsSendOptions } } };
}

/** Sections 1.2 and 6: how many, how long. */
export const limitCases: readonly ContractCase[] = [
  {
    name: "100 recipients and 2048 characters",
    source: "SPEC-26",
    versions,
    steps: [
      {
        call: { operation: "send", to: hundred, message: "x".repeat(2048) },
        expected: sent(...hundred.map((to) => item.accepted(to))),
      },
    ],
  },
  ...invalid(
    { name: "no recipient", source: infer },
    { call: { operation: "send", to: [] }, ours: "TypeError" },
    recipientCount,
  ),
  ...invalid(
    { name: "101 recipients", source: infer, leftOut: { "acs-sms": "splits them into two requests" } },
    { call: { operation: "send", to: people } },
    recipientCount,
  ),
  ...invalid(
    { name: "2049 characters", source: infer },
    { call: { operation: "send", to: [ann], message: "x".repeat(2049) }, ours: "RangeError" },
    messageLength,
  ),
  {
    name: "an empty message",
    source: "SPEC-26",
    versions,
    steps: [
      {
        call: { operation: "send", to: [ann], message: "" },
        expected: sent(item.accepted(ann)),
        ours: "TypeError",
      },
    ],
    texts: { [ann]: [""] },
  },
  ...[60, 43_200].map((seconds): ContractCase => {
    const options = { enableDeliveryReport: true, deliveryReportTimeoutInSeconds: seconds };
    return {
      name: `a report timeout of ${seconds} seconds`,
      source: "SPEC-2402, SPEC-26",
      versions,
      leftOut: noTimeout,
      steps: [
        {
          call: { operation: "send", to: [ann, bob], options },
          expected: sent(...[ann, bob].map(item.accepted)),
        },
      ],
    };
  }),
  ...[59, 43_201].flatMap((seconds): readonly ContractCase[] => {
    const options = { enableDeliveryReport: true, deliveryReportTimeoutInSeconds: seconds };
    return invalid(
      {
        name: `a report timeout of ${seconds} seconds`,
        source: infer,
        versions: hasTimeout,
        leftOut: noTimeout,
      },
      { call: { operation: "send", to: [ann], options }, ours: "RangeError" },
      timeoutRange,
    );
  }),
  ...[60.5, "60"].flatMap((seconds) =>
    invalid(
      {
        name: `a report timeout of ${JSON.stringify(seconds)}`,
        source: infer,
        versions: hasTimeout,
        leftOut: onlyByHand("the type forbids it"),
      },
      { call: timeout(seconds) },
      timeoutRange,
    ),
  ),
  {
    name: "a report timeout that the version does not know, and ignores",
    source: "INFER",
    versions: before("2024-02-05-preview"),
    leftOut: onlyByHand("they don't send one out of range"),
    steps: [{ call: timeout(59), expected: sent(item.accepted(ann)) }],
  },
];
