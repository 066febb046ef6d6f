import { readHttpDate } from "./http-dates.js";
import type { RepeatabilityRules } from "./repeatability-rules.js";
import type { SendRecipient } from "./send-body.js";
import type { Overlap, Overlaps } from "./under-way.js";
import type { World } from "../world.js";

/** What becomes of one recipient: a message is sent, the first answer is given again, or the id is refused. */
export type Ruling =
  | { readonly act: "send"; readonly requestId: string | undefined }
  | { readonly act: "answer"; readonly messageId: string }
  | { readonly act: "reject"; readonly httpStatusCode: number; readonly errorMessage: string };

/** The service's own words, with the blank before the comma `[SPEC]`. */
const badFirstSent =
  "Request sent with Invalid DateTime value for repeatability-first-sent. Expected is DateTime ,RFC1123 pattern.";
// [INFER] No other reason for a rejection is documented.
const badRequestId = "Request sent with Invalid GUID value for repeatability-request-id.";
const wasRepeated = "Request with this repeatability-request-id was already executed.";
const wasChanged = "Request with this repeatability-request-id was sent before with other content.";
const isUnderWay = "Request with this repeatability-request-id is still being executed.";
const wasLate = "Request sent with repeatability-first-sent outside of the tracked window.";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a recipient is judged by, beside what it says. */
export interface Circumstances {
  /** Tells a repeated message from a changed one. */
  readonly fingerprint: string;
  readonly now: number;
  readonly overlaps: Overlaps;
}

/** Decides for one recipient. */
export function judgeRepeat(
  recipient: SendRecipient,
  { fingerprint, now, overlaps }: Circumstances,
  world: World,
): Ruling {
  const requestId = recipient.repeatabilityRequestId?.toLowerCase();
  if (requestId === undefined) return { act: "send", requestId };
  if (!guid.test(requestId)) return reject(400, badRequestId);
  const firstSent = readHttpDate(recipient.repeatabilityFirstSent ?? "");
  if (firstSent === undefined) return reject(400, badFirstSent);
  const rules = world.settings.repeatability;
  const overlap = overlaps(requestId);
  if (overlap === "later" && rules.concurrent === "reject") return reject(409, isUnderWay);
  const known = world.repeats.find(requestId, now);
  if (known === undefined) return judgeNew(requestId, Math.abs(now - sentAt(firstSent, world)), rules);
  const isSame = known.fingerprint === fingerprint;
  const rule = ruleFor(isSame, overlap, rules);
  if (rule === "first-answer") return { act: "answer", messageId: known.messageId };
  if (rule === "send") return { act: "send", requestId };
  return isSame ? reject(409, wasRepeated) : reject(400, wasChanged);
}

function ruleFor(
  isSame: boolean,
  overlap: Overlap,
  rules: RepeatabilityRules,
): RepeatabilityRules["repeated"] {
  if (!isSame) return rules.changed;
  return overlap === "alone" ? rules.repeated : rules.concurrent;
}

/**
 * The time of the service's clock at a client's first-sent time, which is real however fast the emulated time passes. Of the
 * second that it names the end counts, so that a clock that was put forward within that second makes nothing late.
 */
function sentAt(firstSent: number, { clock, trouble }: World): number {
  const now = Date.now();
  const real = firstSent > now ? firstSent : Math.min(firstSent + 999, now);
  return clock.at(real) - trouble.rules.clockSkewInMs;
}

/** A first-sent time ahead of the service's clock is as far from it as one behind: somebody's clock is off. */
function judgeNew(requestId: string, distanceInMs: number, rules: RepeatabilityRules): Ruling {
  const isLate = distanceInMs > rules.windowInSeconds * 1000;
  return isLate && rules.late === "reject" ? reject(412, wasLate) : { act: "send", requestId };
}

function reject(httpStatusCode: number, errorMessage: string): Ruling {
  return { act: "reject", httpStatusCode, errorMessage };
}
