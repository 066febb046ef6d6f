import { magicNumbers } from "../../../../src/emulator/index.js";
import { ann, bob } from "../../wire.js";
import { item, sent } from "../answers.js";
import { onlyByHand, versions, type ContractCase, type SendCall, type Step } from "../contract-case.js";

const id = "fda6d242-46aa-4247-8bf6-619a1206f9c3";
const { number: unavailable } = magicNumbers.serviceUnavailable;
const noIdentity = { "1.1.0": "makes its own ids", "1.2.0-beta.4": "makes its own ids" };
const byHand = onlyByHand("makes ids and dates as it should");
const badFirstSent =
  "Request sent with Invalid DateTime value for repeatability-first-sent. Expected is DateTime ,RFC1123 pattern.";
const badId = "Request sent with Invalid GUID value for repeatability-request-id.";
const wasChanged = "Request with this repeatability-request-id was sent before with other content.";
const wasRepeated = "Request with this repeatability-request-id was already executed.";

/** The time of the first attempt is the time of the test. */
const identity = { id, firstSentAt: new Date() };
const once: Step = { call: { operation: "send", to: [ann], identity }, expected: sent(item.accepted(ann)) };

function raw(recipient: Record<string, unknown>): SendCall {
  return { operation: "send", to: [], byHand: { fields: { smsRecipients: [{ to: ann, ...recipient }] } } };
}

function rejects(
  name: string,
  source: string,
  recipient: Record<string, unknown>,
  text: string,
): ContractCase {
  return {
    name,
    source,
    versions,
    leftOut: byHand,
    steps: [{ call: raw(recipient), expected: sent(item.rejected(ann, 400, text)) }],
    texts: { [ann]: [] },
  };
}

/** Repeated messages. */
export const repeatabilityCases: readonly ContractCase[] = [
  {
    name: "a message repeated under its id",
    source: "SPEC-26: not executed again; INFER: the first answer",
    versions,
    leftOut: noIdentity,
    steps: [once, { ...once, repeats: true }],
    texts: { [ann]: ["Hello"] },
  },
  {
    name: "a message repeated under its id, where that is refused",
    source: "INFER",
    versions,
    leftOut: noIdentity,
    options: { repeatability: { repeated: "reject" } },
    steps: [once, { ...once, expected: sent(item.rejected(ann, 409, wasRepeated)) }],
    texts: { [ann]: ["Hello"] },
  },
  {
    name: "another message under a known id",
    source: "INFER: a 400 as documented for Email and Rooms",
    versions,
    leftOut: noIdentity,
    steps: [
      once,
      {
        call: { operation: "send", to: [ann], message: "Other", identity },
        expected: sent(item.rejected(ann, 400, wasChanged)),
      },
    ],
    texts: { [ann]: ["Hello"] },
  },
  {
    name: "another recipient under a known id",
    source: "INFER",
    versions,
    leftOut: onlyByHand("has an id for each recipient"),
    steps: [
      once,
      {
        call: { operation: "send", to: [bob], identity },
        expected: sent(item.rejected(bob, 400, wasChanged)),
      },
    ],
    texts: { [bob]: [] },
  },
  {
    name: "an id whose recipient the service could not serve, which is free",
    source: "INFER: a 5xx is executed again, as documented for Email",
    versions,
    leftOut: onlyByHand("has an id for each recipient"),
    steps: [
      {
        call: { operation: "send", to: [unavailable], identity },
        expected: sent(item.refused(unavailable, 503, "ServiceUnavailable")),
      },
      once,
    ],
    texts: { [ann]: ["Hello"] },
  },
  {
    name: "an id that comes again in capitals",
    source: "SPEC-26: case-insensitive",
    versions,
    leftOut: byHand,
    steps: [
      once,
      {
        ...once,
        call: { operation: "send", to: [ann], identity: { ...identity, id: id.toUpperCase() } },
        repeats: true,
      },
    ],
    texts: { [ann]: ["Hello"] },
  },
  {
    name: "a first-sent time of years ago",
    source: "SPEC-26: the time of its example",
    versions,
    leftOut: byHand,
    steps: [
      {
        call: raw({ repeatabilityRequestId: id, repeatabilityFirstSent: "Mon, 01 Apr 2019 06:22:03 GMT" }),
        expected: sent(item.accepted(ann)),
      },
    ],
  },
  ...[undefined, null, "", "yesterday", "2026-01-23T10:20:30Z", "Thu, 23 Jan 2026 10:20:30 GMT"].map(
    (repeatabilityFirstSent) =>
      rejects(
        `the first-sent time ${JSON.stringify(repeatabilityFirstSent)}`,
        repeatabilityFirstSent === undefined ? "SPEC-26" : "SPEC-26 for the text; INFER for what is bad",
        { repeatabilityRequestId: id, repeatabilityFirstSent },
        badFirstSent,
      ),
  ),
  ...["", "1", `{${id}}`].map((repeatabilityRequestId) =>
    rejects(
      `the id ${JSON.stringify(repeatabilityRequestId)}`,
      "INFER",
      { repeatabilityRequestId, repeatabilityFirstSent: identity.firstSentAt.toUTCString() },
      badId,
    ),
  ),
  {
    name: "a bad number, which is refused before its id is looked at",
    source: "WIRE REC-JS21, REC-JS25",
    versions: versions.slice(1),
    leftOut: byHand,
    steps: [
      {
        call: raw({ to: "+123", repeatabilityRequestId: id, repeatabilityFirstSent: "" }),
        expected: sent(item.refused("+123", 400, "Unknown country code.")),
      },
    ],
  },
];
