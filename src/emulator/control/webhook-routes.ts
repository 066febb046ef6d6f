import type { World } from "../world.js";
import { done, ok, refusal, type ControlAnswer, type ControlRequest, type ControlRoute } from "./route.js";

const noSuchWebhook = refusal(404, "NotFound", "There is no webhook with this id.");
const notFound = { description: "There is none.", schema: "Error" } as const;

/** Where events go. */
export const webhookRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/_emulator/webhooks",
    operationId: "listWebhooks",
    summary: "The webhooks, and how far their handshakes are.",
    answers: { 200: { description: "The webhooks.", schema: "Webhooks" } },
    answer: (_, { events }) => ok({ value: events.list() }),
  },
  {
    method: "POST",
    path: "/_emulator/webhooks",
    operationId: "addWebhook",
    summary: "Adds a webhook. Its handshake goes on when this is answered.",
    body: { schema: "WebhookOptions", invalid: "InvalidWebhook" },
    answers: { 201: { description: "The webhook.", schema: "Webhook" } },
    answer: ({ json }, { events }) => {
      const { webhook } = events.add(json, "webhook");
      return { status: 201, body: webhook, headers: { location: `/_emulator/webhooks/${webhook.id}` } };
    },
  },
  {
    method: "GET",
    path: "/_emulator/webhooks/{id}",
    operationId: "getWebhook",
    summary: "One webhook.",
    answers: { 200: { description: "The webhook.", schema: "Webhook" }, 404: notFound },
    answer: ({ parameter }, { events }) => {
      const webhook = events.find(parameter("id"));
      return webhook === undefined ? noSuchWebhook : ok(webhook);
    },
  },
  {
    method: "DELETE",
    path: "/_emulator/webhooks/{id}",
    operationId: "removeWebhook",
    summary: "Removes a webhook, and what was on its way to it.",
    answers: { 204: { description: "It is gone." }, 404: notFound },
    answer: ({ parameter }, { events }) => (events.remove(parameter("id")) ? done : noSuchWebhook),
  },
  ...(["GET", "POST"] as const).map((method): ControlRoute => ({
    method,
    path: "/_emulator/eventsubscriptions/{id}/validate",
    operationId: `${method === "GET" ? "open" : "post"}ValidationUrl`,
    summary: "The validation URL of a webhook's handshake.",
    query: [{ name: "token", description: "Proves that it is the right URL.", type: "string" }],
    answers: { 200: { description: "The webhook is validated; a text." }, 404: notFound },
    answer: confirm,
  })),
];

/** [INFER] The texts are not documented; the first was seen in 2019, misspelt. */
function confirm({ parameter, query }: ControlRequest, { events }: World): ControlAnswer {
  const outcome = events.confirm(parameter("id"), query("token") ?? "");
  if (outcome === "validated") return ok("Webhook successfully validated as a subscription endpoint");
  if (outcome === "expired") return refusal(400, "Expired", "The validation came too late.");
  return refusal(404, "NotFound", "There is nothing to validate with this URL.");
}
