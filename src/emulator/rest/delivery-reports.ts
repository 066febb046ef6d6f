import { answer } from "./answers.js";
import { apiVersions } from "./api-versions.js";
import { notFound } from "./error-answers.js";
import type { Operation } from "./operation.js";

/** `GET /deliveryReports/{outgoingMessageId}`, which is not under `/sms`. */
export const getDeliveryReport: Operation = {
  method: "GET",
  path: "/deliveryReports/:id",
  versions: apiVersions.filter((version) => version.hasDeliveryReports),
  answer({ id }, world) {
    const report = world.reports.get(id);
    return report === undefined ? notFound() : answer(200, report);
  },
};
