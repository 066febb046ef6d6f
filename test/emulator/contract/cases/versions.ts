import { ann } from "../../wire.js";
import { versionRefused } from "../answers.js";
import {
  before,
  onlyByHand,
  versions,
  type Call,
  type ContractCase,
  type Expected,
} from "../contract-case.js";

const byHand = onlyByHand("names a version that there is");
const unspecified: Expected = {
  status: 400,
  body: {
    error: {
      code: "ApiVersionUnspecified",
      message: "An API version is required, but was not specified.",
      innerError: null,
    },
  },
};
const newest = versions.slice(-1);

function refused(version: string, code: string, source: string): ContractCase {
  const target = `/sms/optouts:remove?api-version=${version}`;
  return {
    name: `the version ${version}, ${code}`,
    source,
    versions: newest,
    leftOut: byHand,
    steps: [
      {
        call: { operation: "remove", to: [ann], byHand: { target } },
        expected: versionRefused(code, "/sms/optouts:remove", version),
      },
    ],
  };
}

/** The versions that an operation has, to the letter, when one is asked for that it has not. */
function without(
  operation: Call,
  path: string,
  known: RegExp,
  end: (typeof versions)[number],
): readonly ContractCase[] {
  return before(end).map((version) => ({
    name: `${path} in ${version}, which has it not`,
    source: "INFER: ASP.NET's code for a version that is well formed",
    versions: [version],
    leftOut: { "1.1.0": "has no such operation" },
    steps: [
      {
        call: operation,
        expected: {
          ...versionRefused("UnsupportedApiVersion", path, version),
          headers: { "api-supported-versions": known },
        },
      },
    ],
  }));
}

const optOutVersions = /^2024-12-10-preview, 2025-05-29-preview, 2025-08-01-preview, 2026-01-23$/;
const reportVersions = /^2025-08-01-preview, 2026-01-23$/;

/** What each version knows, and how others are refused. */
export const versionCases: readonly ContractCase[] = [
  ...["/sms", "/sms?api-version=", "/sms?version=2021-03-07", "/sms/optouts:check"].map(
    (target): ContractCase => ({
      name: `no version in ${target}`,
      source: "SPEC-26 OptOutCheck",
      versions: newest,
      leftOut: byHand,
      steps: [{ call: { operation: "send", to: [ann], byHand: { target } }, expected: unspecified }],
    }),
  ),
  refused("2024-12-10w-preview", "InvalidApiVersion", "SPEC-26 OptOutRemove"),
  refused("latest", "InvalidApiVersion", "INFER"),
  refused("2024-13-01", "InvalidApiVersion", "INFER"),
  refused("2019-01-01", "UnsupportedApiVersion", "INFER"),
  refused("2030-01-01-preview", "UnsupportedApiVersion", "INFER"),
  refused("2020-08-20-preview", "UnsupportedApiVersion", "INFER: of another shape"),
  refused("2024-12-19-privatepreview", "UnsupportedApiVersion", "INFER: without a description"),
  ...versions.map((version): ContractCase => ({
    name: `${version}, switched off`,
    source: "INFER",
    versions: [version],
    options: { apiVersions: versions.filter((other) => other !== version) },
    steps: [
      {
        call: { operation: "send", to: [ann] },
        expected: {
          ...versionRefused("UnsupportedApiVersion", "/sms", version),
          headers: {
            "api-supported-versions": new RegExp(
              `^${versions.filter((other) => other !== version).join(", ")}$`,
            ),
          },
        },
      },
    ],
  })),
  ...(["add", "remove", "check"] as const).flatMap((operation) =>
    without({ operation, to: [ann] }, `/sms/optouts:${operation}`, optOutVersions, "2024-12-10-preview"),
  ),
  ...without(
    { operation: "report", messageId: "none" },
    "/deliveryReports/none",
    reportVersions,
    "2025-08-01-preview",
  ).map((given) => ({ ...given, leftOut: { ...given.leftOut, "1.2.0-beta.4": "has no such operation" } })),
];
