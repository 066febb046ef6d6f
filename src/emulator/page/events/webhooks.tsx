import { removeWebhook } from "../api.js";
import { Chip, type Tone } from "../parts/chip.js";
import type { IconName } from "../parts/icon.js";
import { Icon } from "../parts/icon.js";
import { Problem } from "../parts/problem.js";
import { useAction } from "../parts/use-action.js";
import type { Webhook } from "../records.js";
import { webhooks } from "../state.js";
import { eventNames } from "./event-names.js";
import { WebhookForm } from "./webhook-form.js";

const looks: Readonly<Record<Webhook["state"], { tone: Tone; icon: IconName; word: string }>> = {
  validating: { tone: "quiet", icon: "clock", word: "Validating" },
  "awaiting-manual-action": { tone: "warning", icon: "warning", word: "Open the validation URL" },
  validated: { tone: "good", icon: "check", word: "Validated" },
  failed: { tone: "bad", icon: "cross", word: "Failed" },
};

/** Where events go. */
export function Webhooks() {
  return (
    <section class="panel" aria-labelledby="webhooks">
      <h3 id="webhooks">Webhooks</h3>
      {webhooks.value.length === 0 && (
        <p class="quiet">
          None yet, so nobody hears of replies and delivery reports. Give the URL at which your code takes
          events, such as <code>http://127.0.0.1:3000/sms</code>; it gets a handshake first, as from Event
          Grid.
        </p>
      )}
      <ul class="cards-list">
        {webhooks.value.map((webhook) => (
          <WebhookItem key={webhook.id} webhook={webhook} />
        ))}
      </ul>
      <WebhookForm />
    </section>
  );
}

function WebhookItem({ webhook }: { readonly webhook: Webhook }) {
  const { id, name, url, schema, eventTypes, state, reason } = webhook;
  const { problem, run, isBusy } = useAction();
  const { tone, icon, word } = looks[state];
  return (
    <li>
      <p class="line">
        <b>{name}</b>
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
        <button
          type="button"
          class="bare"
          disabled={isBusy}
          onClick={() => void run(() => removeWebhook(id))}
        >
          <Icon name="cross" />
          <span class="hidden">Remove webhook {name}</span>
        </button>
      </p>
      <p class="url">{url}</p>
      <p class="quiet">
        {schema === "cloud-events" ? "CloudEvents 1.0" : "Event Grid schema"},{" "}
        {eventTypes.map((type) => eventNames[type]).join(" and ")}
      </p>
      {reason !== undefined && <p class="explanation">{reason}</p>}
      <Problem of={problem} />
    </li>
  );
}
