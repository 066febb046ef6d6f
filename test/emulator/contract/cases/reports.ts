import { ann, sender } from "../../wire.js";
import { item, notFound, sent } from "../answers.js";
import {
  withReports,
  type ContractCase,
  type Expected,
  type SendOptions,
  type Step,
} from "../contract-case.js";

const json = { "content-type": /^application\/json; charset=utf-8$/ };
const supported = { "api-supported-versions": /^2025-08-01-preview, 2026-01-23$/ };

function send(options: SendOptions, message = "Hello"): Step {
  return { call: { operation: "send", to: [ann], message, options }, expected: sent(item.accepted(ann)) };
}

function report(expected: Expected, messageId = "<sent>"): Step {
  const headers = { ...json, ...supported };
  return { call: { operation: "report", messageId }, expected: { ...expected, headers } };
}

/** With the keys in the order of the specification's example. */
function found(status: string, details: string, segments: readonly [number, number], tag?: string): Expected {
  const [segmentsSucceeded, segmentsFailed] = segments;
  const body = {
    deliveryStatus: status,
    deliveryStatusDetails: details,
    deliveryAttempts: [{ timestamp: "<time>", segmentsSucceeded, segmentsFailed }],
    receivedTimestamp: "<time>",
    ...(tag === undefined ? {} : { tag }),
    messageId: "<messageId>",
    from: sender,
    to: ann,
  };
  return { status: 200, body };
}

const wanted = { enableDeliveryReport: true };

/** Delivery reports. */
export const reportCases: readonly ContractCase[] = [
  {
    name: "the report of a message that arrived",
    source: "SPEC-2508, SPEC-26",
    versions: withReports,
    steps: [
      send({ ...wanted, tag: "customer-tag" }),
      report(found("Delivered", "2000: No Error", [1, 0], "customer-tag")),
    ],
  },
  {
    name: "a report without a tag, of three segments",
    source: "SPEC-26",
    versions: withReports,
    steps: [send(wanted, "x".repeat(400)), report(found("Delivered", "2000: No Error", [3, 0]))],
  },
  {
    name: "the report of a message that an opt-out stopped",
    source: "DOC FAQ",
    versions: withReports,
    typed: [{ on: ann, text: "STOP", to: sender }],
    steps: [send(wanted), report(found("Failed", "Sender blocked for given recipient.", [0, 1]))],
  },
  {
    name: "no report: an unknown id",
    source: "SPEC-26",
    versions: withReports,
    steps: [report(notFound, "none")],
  },
  {
    name: "no report: it has not come yet",
    source: "SPEC-26",
    versions: withReports,
    options: { deliveryDelayInMs: 600_000 },
    steps: [send(wanted), report(notFound)],
  },
  {
    name: "no report: nobody asked for one",
    source: "INFER",
    versions: withReports,
    steps: [send({}), report(notFound), send({ enableDeliveryReport: false }), report(notFound)],
  },
];
