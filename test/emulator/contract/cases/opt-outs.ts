import { ann, bob, sender } from "../../wire.js";
import { item, listed, sent } from "../answers.js";
import { onlyByHand, withOptOuts, type ContractCase, type OptOutCall, type Step } from "../contract-case.js";

/** In these versions 1.1.0 has no part. */
const supported = {
  "api-supported-versions": /^2024-12-10-preview, 2025-05-29-preview, 2025-08-01-preview, 2026-01-23$/,
};

function ask(operation: OptOutCall["operation"], to: readonly string[], ...items: readonly unknown[]): Step {
  const expected = listed(...items);
  return {
    call: { operation, to },
    expected: { ...expected, headers: { ...expected.headers, ...supported } },
  };
}

const add = ask("add", [ann], item.done(ann));
const remove = ask("remove", [ann], item.done(ann));
const isOut = ask("check", [ann], item.checked(ann, true));
const isIn = ask("check", [ann], item.checked(ann, false));

/** Opt-outs, what goes well. */
export const optOutCases: readonly ContractCase[] = [
  {
    name: "an opt-out that is added, found, removed and no longer found",
    source: "WIRE REC-JS24 full_flow",
    versions: withOptOuts,
    steps: [isIn, add, isOut, remove, isIn],
  },
  {
    name: "opt-outs that are there already, or not",
    source: "INFER from Microsoft's tests",
    versions: withOptOuts,
    steps: [remove, add, add, isOut, remove, remove, isIn],
  },
  {
    name: "an opt-out that is one of the pair's",
    source: "DOC opt-out-api-concept.md",
    versions: withOptOuts,
    steps: [add, ask("check", [ann, bob], item.checked(ann, true), item.checked(bob, false))],
  },
  {
    name: "bad recipients among good ones",
    source: "SPEC-26; INFER that it holds for mixed lists",
    versions: withOptOuts,
    steps: [
      ask("add", [ann, "+123", bob], item.done(ann), item.notDone("+123"), item.done(bob)),
      ask(
        "check",
        [ann, "+123", bob],
        item.checked(ann, true),
        item.notDone("+123"),
        item.checked(bob, true),
      ),
      ask("remove", ["+123", bob], item.notDone("+123"), item.done(bob)),
      ask("check", [bob], item.checked(bob, false)),
    ],
  },
  {
    name: "a STOP, which the service lists by itself",
    source: "DOC opt-out-api-concept.md",
    versions: withOptOuts,
    typed: [{ on: ann, text: "STOP", to: sender }],
    steps: [isOut],
  },
  {
    name: "a START, which takes it back",
    source: "DOC opt-out-api-concept.md",
    versions: withOptOuts,
    typed: ["STOP", "START"].map((text) => ({ on: ann, text, to: sender })),
    steps: [isIn],
  },
  {
    name: "a send to somebody whom the API opted out",
    source: "INFER: accepted, and reported as blocked",
    versions: withOptOuts,
    steps: [add, { call: { operation: "send", to: [ann] }, expected: sent(item.accepted(ann)) }],
    texts: { [ann]: [] },
  },
  {
    name: "an opt-out under another kind of sender that may",
    source: "INFER",
    versions: withOptOuts,
    options: { senders: [{ number: "12345", kind: "short-code", hasOptOutApi: true }] },
    steps: [{ ...add, call: { operation: "add", from: "12345", to: [ann] } }],
  },
  {
    name: "an escaped colon",
    source: "INFER: what some clients send",
    versions: ["2026-01-23"],
    leftOut: onlyByHand("writes the colon"),
    steps: ["%3A", "%3a"].map((colon) => ({
      ...add,
      call: {
        operation: "add",
        to: [ann],
        byHand: { target: `/sms/optouts${colon}add?api-version=2026-01-23` },
      },
    })),
  },
];
