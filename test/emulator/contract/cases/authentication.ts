import { ann } from "../../wire.js";
import { item, refused, sent, unauthorized } from "../answers.js";
import { onlyByHand, versions, type ByHand, type ContractCase } from "../contract-case.js";

const byHand = onlyByHand("signs in one way only");
const wrongHash = refused("Denied", "Request 'x-ms-content-sha256' differs from generated content hash.");
const noScheme = refused("Denied", "Denied by the resource provider.");
const noStructure = refused("Denied", "Given value does not match HMAC header structure");

/** Who asks is looked at before anything else, so that the version makes no difference. */
const eachEnd = ["2021-03-07", "2026-01-23"] as const;

function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toUTCString();
}

function taken(name: string, source: string, changes: ByHand): ContractCase {
  return {
    name: `a signature with ${name}`,
    source,
    versions: ["2021-03-07"],
    leftOut: byHand,
    steps: [{ call: { operation: "send", to: [ann], byHand: changes }, expected: sent(item.accepted(ann)) }],
    texts: { [ann]: ["Hello"] },
  };
}

function refusal(name: string, source: string, byHandChanges: ByHand, expected = unauthorized): ContractCase {
  return {
    name: `a request with ${name}`,
    source,
    versions: eachEnd,
    leftOut: byHand,
    steps: [{ call: { operation: "send", to: [ann], byHand: byHandChanges }, expected }],
    texts: { [ann]: [] },
  };
}

function authorized(Authorization: string | undefined): ByHand {
  return { headers: { Authorization } };
}

/** Signatures and tokens, and the 401s. */
export const authenticationCases: readonly ContractCase[] = [
  {
    name: "the secondary key",
    source: "DOC",
    versions,
    key: "secondary",
    steps: [{ call: { operation: "send", to: [ann] }, expected: sent(item.accepted(ann)) }],
  },
  {
    name: "another key",
    source: "WIRE REC-PY",
    versions,
    key: "stranger",
    steps: [{ call: { operation: "send", to: [ann] }, expected: unauthorized }],
    texts: { [ann]: [] },
  },
  {
    name: "a token, over HTTPS, without which no client shows one",
    source: "WIRE REC-JS24",
    versions,
    options: { https: true },
    key: "token",
    leftOut: { fetch: "trusts no certificate of ours; its token is below" },
    steps: [{ call: { operation: "send", to: [ann] }, expected: sent(item.accepted(ann)) }],
    texts: { [ann]: ["Hello"] },
  },
  taken("the header `date`", "DOC", { dateHeader: "date" }),
  taken("the header `Date`", "DOC", { dateHeader: "Date" }),
  taken("the header `X-MS-Date`", "DOC", { dateHeader: "X-MS-Date" }),
  taken("a host without its port", "SDK: Java", { signedHost: "127.0.0.1" }),
  taken("a date of ten minutes ago", "INFER: how far a date may be off is not documented", {
    date: minutesAgo(10),
  }),
  taken("two slashes in front of the path", "DOC", { target: "//sms?api-version=2021-03-07" }),
  taken("an escaped query", "INFER: signed as it is on the wire", {
    target: "/sms?x=%7e+%20&api-version=2021%2D03-07",
  }),
  taken("a bearer token and nothing else", "WIRE REC-JS24", {
    headers: {
      Authorization: "Bearer eyJhbGciOiJub25lIn0.e30.c2ln",
      "x-ms-date": undefined,
      "x-ms-content-sha256": undefined,
    },
  }),
  refusal("another host signed", "INFER", { signedHost: "contoso.communication.azure.com" }),
  refusal("a date of another form", "INFER", { date: new Date().toISOString() }),
  refusal("a date of an hour ago", "INFER", { date: minutesAgo(60) }),
  refusal("a date of tomorrow", "INFER", { date: minutesAgo(-24 * 60) }),
  refusal("no date", "INFER", { headers: { "x-ms-date": undefined } }),
  refusal("another body than was signed", "SPEC-26, issue #11767", { signedBody: "{}" }, wrongHash),
  refusal("no content hash", "INFER", { headers: { "x-ms-content-sha256": undefined } }, wrongHash),
  refusal("no authorization", "WIRE of ACS Email", authorized(undefined), noScheme),
  refusal("another scheme", "WIRE of ACS Email", authorized("Basic dTpw"), noScheme),
  refusal("an empty bearer token", "INFER", authorized("Bearer "), noScheme),
  refusal(
    "an authorization that is cut off",
    "DOC Stack Overflow 71439439",
    authorized("HMAC-SHA256 SignedHeaders=x-ms-date;host"),
    noStructure,
  ),
  {
    name: "another key, no version and no body, of which the key is told first",
    source: "INFER",
    versions: ["2026-01-23"],
    key: "stranger",
    leftOut: byHand,
    steps: [
      {
        call: { operation: "send", to: [], byHand: { target: "/sms", rawBody: "{" } },
        expected: unauthorized,
      },
    ],
  },
];
