import { plural, timeOf } from "../format.js";
import { JsonBlock } from "../parts/json.js";
import { LogRow } from "../parts/log-row.js";
import type { DeadLetter } from "../records.js";
import { deadLetters } from "../state.js";
import { eventNames } from "./event-names.js";
import { webhookName } from "./webhook-name.js";

const limit = 100;

/** The events that were given up, newest first. */
export function DeadLetters() {
  const letters = deadLetters.value.toReversed().slice(0, limit);
  return (
    <section class="panel" aria-labelledby="dead-letters">
      <h3 id="dead-letters">Dead letters</h3>
      {letters.length === 0 ? (
        <p class="quiet">None: no event was given up.</p>
      ) : (
        <ul class="log dead-letters">
          {letters.map((letter) => (
            <LogRow
              key={`${letter.webhookId} ${letter.eventId} ${letter.publishedAt}`}
              entry={letter}
              Summary={Summary}
              Details={Details}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function Summary({ entry }: { readonly entry: DeadLetter }) {
  const { webhookId, eventType, reason, deliveryAttempts, lastDeliveryOutcome, lastAttemptAt } = entry;
  const at = lastAttemptAt ?? entry.publishedAt;
  return (
    <>
      <span class="reason">{reason}</span>
      <time dateTime={at} title={at}>
        {timeOf(at)}
      </time>
      <span class="facts">
        {eventNames[eventType]} to {webhookName(webhookId)}, {plural(deliveryAttempts, "attempt")}
        {lastDeliveryOutcome !== undefined && `, last: ${lastDeliveryOutcome}`}
      </span>
    </>
  );
}

function Details({ entry }: { readonly entry: DeadLetter }) {
  return <JsonBlock title="Event" text={JSON.stringify(entry.event)} absent="" />;
}
