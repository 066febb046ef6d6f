import { preciseTimeOf } from "../format.js";
import { Status } from "../parts/status.js";
import type { Delivery } from "../records.js";
import { eventNames } from "./event-names.js";
import { webhookName } from "./webhook-name.js";

/** An attempt in a line. */
export function DeliverySummary({ entry }: { readonly entry: Delivery }) {
  const { at, webhookId, eventType, attempt, status, error } = entry;
  return (
    <>
      <time dateTime={at} title={at}>
        {preciseTimeOf(at)}
      </time>
      <span class="webhook-name">{webhookName(webhookId)}</span>
      <span class="event-type" title={eventType}>
        {eventNames[eventType]}
      </span>
      <span class={attempt > 1 ? "attempt again" : "attempt"}>Attempt {attempt}</span>
      <Status status={status} without={error ?? "No answer"} />
    </>
  );
}
