import {
  agentPolicy,
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  logPolicy,
  proxyPolicy,
  redirectPolicy,
  tlsPolicy,
  tracingPolicy,
  type Pipeline,
} from "@azure/core-rest-pipeline";

import { accessKeyPolicy } from "./access-key-policy.js";
import { attemptPolicy, attemptPolicyName } from "./attempt-policy.js";
import type { PipelineClientOptions } from "./client-options.js";
import { isKeyCredential, type AcsCredential } from "./credential.js";
import { smsRetryPolicy } from "./retry-policy.js";
import { timeoutPolicy } from "./timeout-policy.js";
import { userAgentPrefix } from "./user-agent.js";

/** The double slash is meant: the resource's name ends in one. */
const tokenScope = "https://communication.azure.com//.default";

/**
 * The pipeline of the default client of Azure SDKs, less what an SMS never has (forms, multipart) and what only sets
 * headers (see `AcsChannel`), and with the policies for sends: everything before the retry loop runs once, the rest for
 * each attempt. Each policy costs every message, so each has to earn its place.
 */
export function createAcsPipeline(credential: AcsCredential, options: PipelineClientOptions): Pipeline {
  const pipeline = createEmptyPipeline();
  addConnectionPolicies(pipeline, options);
  pipeline.addPolicy(smsRetryPolicy(options.retryOptions), { phase: "Retry" });
  pipeline.addPolicy(
    tracingPolicy({ ...options.loggingOptions, userAgentPrefix: userAgentPrefix(options) }),
    {
      afterPhase: "Retry",
    },
  );
  pipeline.addPolicy(redirectPolicy(options.redirectOptions), { afterPhase: "Retry" });
  addSigning(pipeline, credential);
  // Behind the checks of an attempt: an abort among those, as of a campaign that ends, is no time-out of the service.
  pipeline.addPolicy(timeoutPolicy(), { afterPhase: "Sign" });
  pipeline.addPolicy(logPolicy(options.loggingOptions), { afterPhase: "Sign" });
  for (const { policy, position } of options.additionalPolicies ?? []) {
    pipeline.addPolicy(policy, position === "perRetry" ? { afterPhase: "Sign" } : {});
  }
  return pipeline;
}

function addConnectionPolicies(pipeline: Pipeline, options: PipelineClientOptions): void {
  if (options.agent !== undefined) pipeline.addPolicy(agentPolicy(options.agent));
  if (options.tlsOptions !== undefined) pipeline.addPolicy(tlsPolicy(options.tlsOptions));
  if (options.proxyOptions !== undefined || isProxyInEnvironment()) {
    pipeline.addPolicy(proxyPolicy(options.proxyOptions));
  }
}

/** The variables that the pipeline's policy reads when it is made. */
function isProxyInEnvironment(): boolean {
  const names = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
  return names.some((name) => Boolean(process.env[name]));
}

/**
 * A signature covers the body, so it comes after the check that may change it. A token does not, and its policy may send
 * a request again when challenged, so it comes before, and each of its attempts is checked.
 */
function addSigning(pipeline: Pipeline, credential: AcsCredential): void {
  if (isKeyCredential(credential)) {
    pipeline.addPolicy(attemptPolicy(), { phase: "Sign" });
    pipeline.addPolicy(accessKeyPolicy(credential), { phase: "Sign", afterPolicies: [attemptPolicyName] });
  } else {
    const tokenPolicy = bearerTokenAuthenticationPolicy({ credential, scopes: tokenScope });
    pipeline.addPolicy(tokenPolicy, { phase: "Sign" });
    pipeline.addPolicy(attemptPolicy(), { phase: "Sign", afterPolicies: [tokenPolicy.name] });
  }
}
