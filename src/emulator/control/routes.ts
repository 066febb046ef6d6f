import { clockRoutes } from "./clock-routes.js";
import { faultRoutes } from "./fault-routes.js";
import { historyRoutes } from "./history-routes.js";
import { insightsRoutes } from "./insights-routes.js";
import { describeRoutes } from "./openapi.js";
import { phoneRoutes } from "./phone-routes.js";
import { ok, type ControlRoute } from "./route.js";
import { senderRoutes } from "./sender-routes.js";
import { webhookRoutes } from "./webhook-routes.js";
import { worldRoutes } from "./world-routes.js";

const documentRoute: ControlRoute = {
  method: "GET",
  path: "/_emulator/openapi.json",
  operationId: "getDocument",
  summary: "This document.",
  answers: { 200: { description: "An OpenAPI 3.1 document." } },
  answer: () => ok(openApiDocument()),
};

/** All that programs can ask for. */
export const routes: readonly ControlRoute[] = [
  ...worldRoutes,
  ...phoneRoutes,
  ...historyRoutes,
  ...insightsRoutes,
  ...senderRoutes,
  ...webhookRoutes,
  ...faultRoutes,
  ...clockRoutes,
  documentRoute,
];

/** The control API, described. */
function openApiDocument(): object {
  return describeRoutes(routes);
}
