import { magicNumbers } from "../../../../src/emulator/index.js";
import { ann, bob, sender } from "../../wire.js";
import { item, sent, unauthorized } from "../answers.js";
import { newer, oldest, onlyByHand, versions, type ContractCase } from "../contract-case.js";

/** The bad number of the recordings: a digit too many. */
const badNumber = "+1425555012345";
const { number: unavailable } = magicNumbers.serviceUnavailable;
const stop = { on: ann, text: "STOP", to: sender };

/** What comes with each answer, and what was never seen with one. */
const headers = {
  "content-type": /^application\/json; charset=utf-8$/,
  "api-supported-versions": new RegExp(`^${versions.join(", ")}$`),
  "ms-cv": /^[A-Za-z0-9+/]{22}\.0$/,
  "request-context": /^appId=$/,
  date: / GMT$/,
  "retry-after": null,
  "x-ms-request-id": null,
  "x-ms-error-code": null,
  "x-ms-client-request-id": null,
  // Of the service's own, left out on purpose: a browser would remember it for this machine.
  "strict-transport-security": null,
};

/** Sends: 202, and the items. */
export const sendCases: readonly ContractCase[] = [
  {
    name: "a send to one",
    source: "WIRE REC-JS25",
    versions,
    steps: [
      {
        call: { operation: "send", to: [ann] },
        expected: { ...sent(item.accepted(ann)), headers },
      },
    ],
    texts: { [ann]: ["Hello"] },
  },
  {
    name: "a send to several, answered in their order",
    source: "WIRE REC-JS25",
    versions,
    steps: [
      {
        call: {
          operation: "send",
          to: [bob, ann],
          message: "héllo 你好 🎉",
          options: { enableDeliveryReport: true, tag: "t" },
        },
        expected: sent(item.accepted(bob), item.accepted(ann)),
      },
    ],
    texts: { [ann]: ["héllo 你好 🎉"], [bob]: ["héllo 你好 🎉"] },
  },
  ...(["short-code", "alphanumeric", "10dlc"] as const).map((kind): ContractCase => {
    const number = { "short-code": "12345", alphanumeric: "CONTOSO", "10dlc": "+14255550999" }[kind];
    return {
      name: `a send from a sender that is ${kind}`,
      source: "SPEC-26",
      versions,
      options: { senders: [{ number, kind }] },
      steps: [{ call: { operation: "send", from: number, to: [ann] }, expected: sent(item.accepted(ann)) }],
      texts: { [ann]: ["Hello"] },
    };
  }),
  {
    name: "a bad number alone",
    source: "WIRE REC-JS21, 2022-2023",
    versions: oldest,
    steps: [
      {
        call: { operation: "send", to: [badNumber] },
        expected: sent(item.refused(badNumber, 400, "Invalid To phone number format.")),
      },
    ],
  },
  {
    name: "a bad number alone, in newer words",
    source: "WIRE REC-JS24, REC-JS25",
    versions: newer,
    steps: [
      {
        call: { operation: "send", to: [badNumber] },
        expected: sent(item.refused(badNumber, 400, "Unknown country code.")),
      },
    ],
  },
  {
    name: "a bad number among good ones",
    source: "WIRE REC-JS21",
    versions: oldest,
    steps: [
      {
        call: { operation: "send", to: [ann, badNumber, bob] },
        expected: sent(
          item.accepted(ann),
          item.refused(badNumber, 400, "Invalid To phone number format."),
          item.accepted(bob),
        ),
      },
    ],
    texts: { [ann]: ["Hello"], [bob]: ["Hello"] },
  },
  {
    name: "a bad number among good ones, in newer words",
    source: "WIRE REC-JS25",
    versions: newer,
    steps: [
      {
        call: { operation: "send", to: [ann, badNumber, bob] },
        expected: sent(
          item.accepted(ann),
          item.refused(badNumber, 400, "Unknown country code."),
          item.accepted(bob),
        ),
      },
    ],
    texts: { [ann]: ["Hello"], [bob]: ["Hello"] },
  },
  {
    name: "a recipient that is no number at all",
    source: "WIRE REC-PY",
    versions,
    steps: [
      {
        call: { operation: "send", to: ["Ad155500000000000"] },
        expected: sent(item.refused("Ad155500000000000", 400, "Invalid To phone number format.")),
        ours: "invalid",
      },
    ],
  },
  {
    name: "a recipient whom the service cannot serve",
    source: "SPEC-26",
    versions,
    steps: [
      {
        call: { operation: "send", to: [ann, unavailable] },
        expected: sent(item.accepted(ann), item.refused(unavailable, 503, "ServiceUnavailable")),
      },
    ],
    texts: { [ann]: ["Hello"], [unavailable]: [] },
  },
  {
    name: "a send to somebody who said STOP, accepted all the same",
    source: "INFER: only the report of it is documented",
    versions,
    typed: [stop],
    steps: [
      {
        call: { operation: "send", to: [ann, bob] },
        expected: sent(item.accepted(ann), item.accepted(bob)),
      },
    ],
    texts: {
      [ann]: [
        'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. Text back "unstop" to receive messages again.',
      ],
      [bob]: ["Hello"],
    },
  },
  {
    name: "a sender that is not the resource's",
    source: "WIRE REC-JS21, REC-JS24",
    versions,
    steps: [{ call: { operation: "send", from: "+18005550000", to: [ann] }, expected: unauthorized }],
    texts: { [ann]: [] },
  },
  {
    name: "a send without repeatability",
    source: "SPEC-21, SPEC-26",
    versions,
    leftOut: onlyByHand("all clients send ids"),
    steps: [
      {
        call: { operation: "send", to: [], byHand: { fields: { smsRecipients: [{ to: ann }] } } },
        expected: sent(item.unrepeatable(ann)),
      },
    ],
    texts: { [ann]: ["Hello"] },
  },
  {
    name: "a client that wants its request id back",
    source: "INFER: Azure's REST guidelines",
    versions,
    leftOut: onlyByHand("the JavaScript clients don't ask for it"),
    steps: [
      {
        call: {
          operation: "send",
          to: [ann],
          byHand: { headers: { "x-ms-client-request-id": "mine", "x-ms-return-client-request-id": "true" } },
        },
        expected: { ...sent(item.accepted(ann)), headers: { "x-ms-client-request-id": /^mine$/ } },
      },
      {
        call: {
          operation: "send",
          from: "+18005550000",
          to: [ann],
          byHand: { headers: { "x-ms-client-request-id": "mine", "x-ms-return-client-request-id": "true" } },
        },
        expected: { ...unauthorized, headers: { "x-ms-client-request-id": /^mine$/ } },
      },
    ],
  },
];
