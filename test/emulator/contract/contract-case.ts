import type { EmulatorOptions } from "../../../src/emulator/index.js";
import type { WireRequest } from "../wire.js";

/** Who makes the calls: by hand, by the two official clients, and by ours. */
export const callerNames = ["fetch", "1.1.0", "1.2.0-beta.4", "acs-sms"] as const;
export type CallerName = (typeof callerNames)[number];

export const versions = [
  "2021-03-07",
  "2024-01-14-preview",
  "2024-02-05-preview",
  "2024-12-10-preview",
  "2025-05-29-preview",
  "2025-08-01-preview",
  "2026-01-23",
] as const;
export type Version = (typeof versions)[number];

/** One call, whoever makes it. */
export type Call = SendCall | OptOutCall | ReportCall;

export interface SendCall {
  readonly operation: "send";
  readonly from?: string;
  readonly to: readonly string[];
  readonly message?: string;
  readonly options?: SendOptions;
  /** Under which the message is repeated, for one recipient. Without one the caller makes its own. */
  readonly identity?: { readonly id: string; readonly firstSentAt: Date };
  /** What only a request made by hand can have. */
  readonly byHand?: ByHand;
}

export interface SendOptions {
  readonly enableDeliveryReport?: boolean;
  readonly tag?: string;
  readonly deliveryReportTimeoutInSeconds?: number;
  /** In the shape of the version. */
  readonly messagingConnect?: { readonly partner: string; readonly apiKey: string };
}

export interface OptOutCall {
  readonly operation: "add" | "remove" | "check";
  readonly from?: string;
  readonly to: readonly string[];
  readonly byHand?: ByHand;
}

interface ReportCall {
  readonly operation: "report";
  /** `"<sent>"` for the message that was sent last. */
  readonly messageId: string;
  readonly byHand?: ByHand;
}

/** Changes to the request, or to the fields of its body. */
export type ByHand = Omit<Partial<WireRequest>, "body"> & {
  readonly fields?: Readonly<Record<string, unknown>>;
};

/** What the wire has to say. Clients show it by rules of their own, which are with the callers. */
export interface Expected {
  readonly status: number;
  /**
   * Compared with its keys in their order. `<messageId>`, `<traceId>`, `<time>` and `<endpoint>` stand for what no two answers
   * share.
   */
  readonly body: unknown;
  /** A pattern for each header; `null` for those that must not be there. */
  readonly headers?: Readonly<Record<string, RegExp | null>>;
}

export interface Step {
  readonly call: Call;
  readonly expected: Expected;
  /** The answer is, to the letter, that of the step before. */
  readonly repeats?: boolean;
  /** What our client says without asking the service. */
  readonly ours?: "TypeError" | "RangeError" | "invalid";
}

export interface ContractCase {
  readonly name: string;
  /**
   * Where the answer is known from:
   *
   * - `WIRE`: exchanges with the service that Microsoft recorded for the tests of its SDKs: `REC-JS21` azure-sdk-for-js of 2022;
   *   `REC-JS24`, `REC-JS25`, `REC-NET25` azure-sdk-assets of 2024 and 2025; `REC-PY` azure-sdk-for-python
   * - `SPEC-` and a year, or year and month of a preview: azure-rest-api-specs, `specification/communication/data-plane/Sms`
   * - `DOC`: Microsoft Learn
   * - `INFER`: nothing says it; a setting of the emulator
   */
  readonly source: string;
  /** The versions for which all of this holds. */
  readonly versions: readonly Version[];
  readonly options?: EmulatorOptions;
  /** What is typed on phones before. */
  readonly typed?: readonly { readonly on: string; readonly text: string; readonly to: string }[];
  /** With what the calls are signed, or a token instead. Default: the primary key. */
  readonly key?: "secondary" | "stranger" | "token";
  readonly steps: readonly Step[];
  /** What phones show after. */
  readonly texts?: Readonly<Record<string, readonly string[]>>;
  /** Who cannot make these calls, and why. A client's own version need not be given as a reason. */
  readonly leftOut?: Readonly<Partial<Record<CallerName, string>>>;
}

/** No client makes such a request. */
export function onlyByHand(why: string): NonNullable<ContractCase["leftOut"]> {
  return { "1.1.0": why, "1.2.0-beta.4": why, "acs-sms": why };
}

/** The versions from one on, to before another. */
export function since(first: Version, end?: Version): readonly Version[] {
  return versions.slice(versions.indexOf(first), end === undefined ? undefined : versions.indexOf(end));
}

/** Versions that do not know what came with another. */
export function before(end: Version): readonly Version[] {
  return since("2021-03-07", end);
}

export const oldest: readonly Version[] = ["2021-03-07"];
export const newer: readonly Version[] = since("2024-01-14-preview");
export const withOptOuts: readonly Version[] = since("2024-12-10-preview");
export const withConnect: readonly Version[] = since("2025-05-29-preview");
export const withReports: readonly Version[] = since("2025-08-01-preview");
