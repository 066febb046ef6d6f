import { JsonBlock } from "../parts/json.js";
import type { Delivery } from "../records.js";

/** The event that was sent, and what the webhook said. */
export function DeliveryDetails({ entry: { event, answer, error } }: { readonly entry: Delivery }) {
  return (
    <div class="blocks">
      <JsonBlock title="Event" text={JSON.stringify(event)} absent="" />
      <JsonBlock title="Answer" text={answer} absent={error ?? "Empty."} />
    </div>
  );
}
