import { countSegments } from "../text/segments.js";
import type { DeliveryContext } from "./batch-delivery.js";
import type { BatchOutcome } from "./deliver-batch.js";
import { freshId, repeatabilityIds } from "./identity.js";
import type { SmsSendResult } from "./send-result.js";

/** Tells observers of each result. Called where there are observers, as it takes about as long as making the results did. */
export function tellResults(
  context: DeliveryContext,
  results: readonly SmsSendResult[],
  outcomes: readonly BatchOutcome[],
): void {
  const { message, identity, tell } = context;
  const shared = sharedBy(context);
  const idOf = repeatabilityIds(identity.key, message.from);
  const times = timesOf(outcomes);
  for (const result of results) {
    const { to, status, httpStatusCode } = result;
    const messageId = "messageId" in result ? result.messageId : undefined;
    tell({
      ...shared,
      at: times.get(result) ?? shared.at,
      to,
      status,
      httpStatusCode,
      // What is no number has no place among the ids, and is not repeated.
      identity: status === "invalid" ? freshId() : idOf(to),
      ...(messageId !== undefined && { messageId }),
    });
  }
}

function sharedBy({ message }: DeliveryContext) {
  const { encoding, segments } = countSegments(message.text);
  const { from, tag, enableDeliveryReport, deliveryReportTimeoutInSeconds: timeout } = message;
  return {
    type: "result",
    at: new Date(),
    from,
    text: () => message.text,
    encoding,
    segments,
    isReportExpected: enableDeliveryReport,
    ...(tag !== undefined && { tag }),
    ...(timeout !== undefined && { reportTimeoutInSeconds: timeout }),
  } as const;
}

/** A send to many may take long at the sender's rate: its first messages arrive before its last ones leave. */
function timesOf(outcomes: readonly BatchOutcome[]): ReadonlyMap<SmsSendResult, Date> {
  const times = new Map<SmsSendResult, Date>();
  for (const { results, at } of outcomes) for (const result of results) times.set(result, at);
  return times;
}
