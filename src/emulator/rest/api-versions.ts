/** An api-version and what sets it apart. */
export interface ApiVersion {
  readonly name: string;
  /** How a body that breaks the rules is refused: a bare ModelState dictionary, or ProblemDetails around it. */
  readonly refusal: "bare" | "problem-details";
  /** Whether `deliveryReportTimeoutInSeconds` is known; earlier it is an unknown property and ignored. */
  readonly hasReportTimeout: boolean;
  readonly hasOptOuts: boolean;
  /** The shape of `messagingConnect`; `none`: an unknown property, ignored. */
  readonly messagingConnect: "none" | "api-key" | "partner-params";
  readonly hasDeliveryReports: boolean;
}

const first: ApiVersion = {
  name: "2021-03-07",
  refusal: "bare",
  hasReportTimeout: false,
  hasOptOuts: false,
  messagingConnect: "none",
  hasDeliveryReports: false,
};
const mms: ApiVersion = { ...first, name: "2024-01-14-preview", refusal: "problem-details" };
const reportTimeout: ApiVersion = { ...mms, name: "2024-02-05-preview", hasReportTimeout: true };
const optOuts: ApiVersion = { ...reportTimeout, name: "2024-12-10-preview", hasOptOuts: true };
const partner: ApiVersion = { ...optOuts, name: "2025-05-29-preview", messagingConnect: "api-key" };
const reports: ApiVersion = { ...partner, name: "2025-08-01-preview", hasDeliveryReports: true };
const stable: ApiVersion = { ...reports, name: "2026-01-23", messagingConnect: "partner-params" };

/**
 * The versions spoken here, oldest first. The 2020 previews have another shape and the private previews no public
 * description: both are answered like versions that never were.
 */
export const apiVersions: readonly ApiVersion[] = [
  first,
  mms,
  reportTimeout,
  optOuts,
  partner,
  reports,
  stable,
];

/** Why a request's version was not taken. */
export type VersionRefusal = "ApiVersionUnspecified" | "InvalidApiVersion" | "UnsupportedApiVersion";

/** The version among those that an operation has, or why there is none. */
export function findVersion(
  asked: string | undefined,
  supported: readonly ApiVersion[],
): ApiVersion | VersionRefusal {
  if (asked === undefined || asked === "") return "ApiVersionUnspecified";
  const name = asked.toLowerCase();
  const found = supported.find((version) => version.name === name);
  return found ?? (wellFormed.test(name) ? "UnsupportedApiVersion" : "InvalidApiVersion");
}

/** A date and perhaps a status. `2024-12-10w-preview` is the malformed one of the specification's example. */
const wellFormed = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(-[a-z][a-z0-9]*)?$/;
