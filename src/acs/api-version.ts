/**
 * The versions of the REST contract this package chooses from when the caller names none: for each request the oldest
 * stable one that carries what it asks for, since not every resource is known to serve the newest.
 */
export const plainSendVersion = "2021-03-07";
export const fullVersion = "2026-01-23";

/** The first version whose `messagingConnect` has `partnerParams`; the ones before it have `apiKey`. */
const partnerParamsSince = "2026-01-23";

/** Whether a version takes `messagingConnect.partnerParams`. Versions are dates, and compare as text. */
export function takesPartnerParams(apiVersion: string): boolean {
  return apiVersion.slice(0, partnerParamsSince.length) >= partnerParamsSince;
}
