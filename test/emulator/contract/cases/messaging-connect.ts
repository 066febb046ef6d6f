import { ann } from "../../wire.js";
import { invalid, item, problem, sent } from "../answers.js";
import {
  before,
  onlyByHand,
  since,
  versions,
  withConnect,
  type Call,
  type ContractCase,
  type Version,
} from "../contract-case.js";

const number = "CONTOSO";
const senders = [{ number, kind: "alphanumeric", messagingConnectPartner: "infobip" }] as const;
const infobip = { partner: "infobip", apiKey: "k" };
const notProvided = { MessagingConnect: ["MessagingConnect option isn't provided"] };
const notMatching = {
  MessagingConnect: ["MessagingConnect option isn't matching with the number information."],
};
const source = "DOC messaging-connect.md for the text; INFER for the envelope";
const unknownTo110 = { "1.1.0": "does not know the option" };

/** A send with an option of this shape, whatever the version. */
function shaped(messagingConnect: unknown): Call {
  const smsSendOptions = { enableDeliveryReport: false, messagingConnect };
  return { operation: "send", to: [ann], byHand: { fields: { smsSendOptions } } };
}

function wrongShape(shape: object, versions: readonly Version[], field = ""): ContractCase {
  return {
    name: `a Messaging Connect option of another version's shape or of none: ${JSON.stringify(shape)} in ${versions[0]}`,
    source: "SPEC-2508, SPEC-26 for the shape; INFER for the words",
    versions,
    leftOut: onlyByHand("they send the right shape"),
    steps: [
      {
        call: shaped(shape),
        expected: problem({
          [`SmsSendOptions.MessagingConnect${field}`]: ["The MessagingConnect field is not valid."],
        }),
      },
    ],
  };
}

/** Messaging Connect, in the shape of each version. */
export const connectCases: readonly ContractCase[] = [
  {
    name: "a send through a partner",
    source: "SPEC-2508, SPEC-26",
    versions: withConnect,
    options: { senders },
    steps: [
      {
        call: { operation: "send", from: number, to: [ann], options: { messagingConnect: infobip } },
        expected: sent(item.accepted(ann)),
      },
    ],
    texts: { [ann]: ["Hello"] },
  },
  {
    name: "a Messaging Connect option for a sender of no partner",
    source: "INFER",
    versions,
    leftOut: unknownTo110,
    steps: [
      {
        call: { operation: "send", to: [ann], options: { messagingConnect: infobip } },
        expected: sent(item.accepted(ann)),
      },
    ],
  },
  ...invalid(
    { name: "a send from a partner's sender without the option", source, options: { senders } },
    { call: { operation: "send", from: number, to: [ann] } },
    notProvided,
  ),
  ...invalid(
    {
      name: "a send from a partner's sender in a version without the option",
      source,
      options: { senders },
      versions: before("2025-05-29-preview"),
      leftOut: unknownTo110,
    },
    { call: { operation: "send", from: number, to: [ann], options: { messagingConnect: infobip } } },
    notProvided,
  ),
  ...invalid(
    { name: "a send through another partner", source, options: { senders }, versions: withConnect },
    {
      call: {
        operation: "send",
        from: number,
        to: [ann],
        options: { messagingConnect: { ...infobip, partner: "telesign" } },
      },
    },
    notMatching,
  ),
  wrongShape({ partner: "infobip" }, since("2025-05-29-preview", "2026-01-23"), ".ApiKey"),
  wrongShape(
    { partner: "infobip", partnerParams: { apiKey: "k" } },
    since("2025-05-29-preview", "2026-01-23"),
    ".ApiKey",
  ),
  wrongShape(infobip, since("2026-01-23"), ".PartnerParams"),
  wrongShape({ partner: "infobip", partnerParams: {} }, since("2026-01-23"), ".PartnerParams"),
  wrongShape({ partnerParams: { apiKey: "k" } }, since("2026-01-23"), ".Partner"),
  {
    name: "a Messaging Connect option that the version does not know, and ignores",
    source: "INFER",
    versions: before("2025-05-29-preview"),
    leftOut: onlyByHand("they send one of the known shapes"),
    steps: [{ call: shaped("anything"), expected: sent(item.accepted(ann)) }],
  },
];
