import { webhooks } from "../state.js";

/** What a webhook is called; its id when it was removed meanwhile. */
export function webhookName(id: string): string {
  return webhooks.value.find((webhook) => webhook.id === id)?.name ?? id;
}
