import { Empty } from "../parts/empty.js";
import { Log } from "../parts/log.js";
import type { Delivery } from "../records.js";
import { deliveries } from "../state.js";
import { DeadLetters } from "./dead-letters.js";
import { DeliveryDetails } from "./delivery-details.js";
import { DeliverySummary } from "./delivery-summary.js";
import { eventNames } from "./event-names.js";
import { webhookName } from "./webhook-name.js";
import { Webhooks } from "./webhooks.js";

/** What was told to whom. */
export function EventsSection() {
  return (
    <>
      <h2 class="hidden">Events</h2>
      <section class="stream" aria-label="Deliveries">
        <Log
          what="deliveries"
          entries={deliveries.value}
          textOf={textOf}
          isFailed={isFailed}
          columns={["Time", "Webhook", "Event", "Attempt", "Status"]}
          Summary={DeliverySummary}
          Details={DeliveryDetails}
        >
          <Empty icon="send" title="No event yet">
            <p>
              Each attempt to tell a webhook of a reply or a delivery report is listed here, retries included.
              Add a webhook, then type something on a phone.
            </p>
          </Empty>
        </Log>
      </section>
      <aside>
        <Webhooks />
        <DeadLetters />
      </aside>
    </>
  );
}

function isFailed({ status }: Delivery): boolean {
  return status === undefined || status >= 300;
}

function textOf({ webhookId, eventType, eventId, status, error, event }: Delivery): string {
  const data = JSON.stringify(event);
  return [webhookName(webhookId), eventNames[eventType], eventId, status, error, data].join(" ");
}
