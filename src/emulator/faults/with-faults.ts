import { serverFailed, tooManyRequests } from "../rest/error-answers.js";
import type { Outcome } from "../rest/respond.js";
import { requestIdsIn, type Overlaps } from "../rest/under-way.js";
import type { World } from "../world.js";
import type { RequestFault, RequestFaultRules } from "./request-faults.js";

/** Takes a request, unless a fault gets in its way. What happens to it is settled when it arrives. */
export async function withFaults(
  body: Uint8Array,
  take: (overlaps: Overlaps) => Outcome,
  { ending, events, trouble, underWay }: World,
): Promise<Outcome> {
  const { rules } = trouble;
  const { latencyInMs, fault } = trouble.draw();
  if (latencyInMs === 0) return suffer(fault, rules, () => take(underWay.passing));
  const settle = events.expect();
  const { overlaps, leave } = underWay.enter(requestIdsIn(body));
  try {
    // In real time, as the client waits for it.
    await pause(latencyInMs, ending.signal);
    if (ending.signal.aborted) return { answer: undefined, signature: "unchecked", recipients: 0 };
    return suffer(fault, rules, () => take(overlaps));
  } finally {
    leave();
    settle();
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}

function suffer(fault: RequestFault | undefined, rules: RequestFaultRules, take: () => Outcome): Outcome {
  if (fault === undefined) return take();
  if (fault === "dropAfter") return { ...take(), answer: undefined, fault };
  return { answer: refusal(fault, rules), signature: "unchecked", recipients: 0, fault };
}

function refusal(
  fault: Exclude<RequestFault, "dropAfter">,
  { serverErrorStatus, retryAfterInSeconds }: RequestFaultRules,
): Outcome["answer"] {
  if (fault === "tooManyRequests") return tooManyRequests(retryAfterInSeconds);
  return fault === "serverError" ? serverFailed(serverErrorStatus, retryAfterInSeconds) : undefined;
}
