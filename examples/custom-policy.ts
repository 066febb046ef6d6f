/** A policy of your own in the pipeline: it keeps the service's correlation id of each attempt for support requests. */
import type { PipelinePolicy } from "@azure/core-rest-pipeline";
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";

import { exampleResource } from "./resource.ts";

const correlationIds: string[] = [];

const keepCorrelationIds: PipelinePolicy = {
  name: "keepCorrelationIds",
  async sendRequest(request, next) {
    const response = await next(request);
    correlationIds.push(response.headers.get("MS-CV") ?? "none");
    return response;
  },
};

await using resource = await exampleResource();
const sms = new SmsClient(resource.connectionString, {
  suppression: new SuppressionList(new MemorySuppressionStore()),
  additionalPolicies: [{ policy: keepCorrelationIds, position: "perRetry" }],
  retryOptions: { maxRetries: 5 },
  ...resource.options,
});

await sms.send({ from: "+18005551234", to: ["+14255550123"], message: "Hello" });
console.log(`Correlation ids: ${correlationIds.length}, the first ${correlationIds[0]}`);
