import { serverFailed, tooManyRequests } from "../rest/error-answers.js";
import type { Outcome } from "../rest/respond.js";
import type { World } from "../world.js";
import type { RequestFault, RequestFaultRules } from "./request-faults.js";

/** Takes a request, unless a fault gets in its way. What happens to it is settled when it arrives. */
export async function withFaults(take: () => Outcome, { clock, events, trouble }: World): Promise<Outcome> {
  const { rules } = trouble;
  const { latencyInMs, fault } = trouble.draw();
  if (latencyInMs === 0) return suffer(fault, rules, take);
  const settle = events.expect();
  try {
    await new Promise<void>((resolve) => {
      clock.later(latencyInMs, resolve);
    });
    return suffer(fault, rules, take);
  } finally {
    settle();
  }
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
