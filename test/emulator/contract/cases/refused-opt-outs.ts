import { ann, sender } from "../../wire.js";
import { invalid, invalidInput, unauthorized } from "../answers.js";
import { withOptOuts, type ContractCase, type OptOutCall } from "../contract-case.js";

const people = Array.from({ length: 101 }, (_, index) => `+1425555${String(1000 + index)}`);
const badFrom = { From: ["Invalid from phone number format."] };
const count = { Recipients: ["The field Recipients must hold 1 to 100 recipients."] };
const badRecipient = { Recipients: ["Invalid recipient phone number format."] };

/** Opt-outs, what is refused; the three operations refuse alike. */
export const refusedOptOutCases: readonly ContractCase[] = (["add", "remove", "check"] as const).flatMap(
  (operation) => refusals(operation),
);

function refusals(operation: OptOutCall["operation"]): readonly ContractCase[] {
  const versions = withOptOuts;
  const ask = (to: readonly string[], from: string = sender): OptOutCall => ({ operation, from, to });
  return [
    {
      name: `${operation}: a bad recipient alone`,
      source: "WIRE REC-NET25",
      versions,
      steps: [{ call: ask(["+123"]), expected: invalidInput }],
    },
    ...invalid(
      { name: `${operation}: a from of no sender's form`, source: "SPEC-26 OptOutAdd", versions },
      { call: ask([ann], "+1") },
      badFrom,
    ),
    ...invalid(
      { name: `${operation}: a from that is empty`, source: "SPEC-26 OptOutAdd", versions },
      { call: ask([ann], ""), ours: "TypeError" },
      badFrom,
    ),
    ...invalid(
      { name: `${operation}: no recipient`, source: "SPEC-26 for the limit; INFER for the words", versions },
      { call: ask([]), ours: "TypeError" },
      count,
    ),
    ...invalid(
      {
        name: `${operation}: 101 recipients`,
        source: "SPEC-26 for the limit; INFER for the words",
        versions,
        leftOut: { "acs-sms": "splits them into two requests" },
      },
      { call: ask(people) },
      count,
    ),
    ...invalid(
      { name: `${operation}: a recipient that is empty`, source: "SPEC-26", versions },
      { call: ask([ann, ""]) },
      badRecipient,
    ),
    {
      name: `${operation}: a sender that is not the resource's`,
      source: "WIRE REC-JS24",
      versions,
      steps: [{ call: ask([ann], "+18005550000"), expected: unauthorized }],
    },
    ...(["short-code", "10dlc", "alphanumeric"] as const).map((kind): ContractCase => {
      const number = { "short-code": "12345", alphanumeric: "CONTOSO", "10dlc": "+14255550999" }[kind];
      return {
        name: `${operation}: a sender that is ${kind}`,
        source: "INFER: the documentation speaks of toll-free numbers alone",
        versions,
        options: { senders: [{ number, kind }] },
        steps: [{ call: ask([ann], number), expected: unauthorized }],
      };
    }),
    {
      name: `${operation}: a toll-free number of a resource that is not on Microsoft's list`,
      source: "DOC opt-out-api-quickstart.md for the list; INFER for the answer",
      versions,
      options: { senders: [{ number: sender, kind: "toll-free", hasOptOutApi: false }] },
      steps: [{ call: ask([ann]), expected: unauthorized }],
    },
  ];
}
