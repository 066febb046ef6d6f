import {
  agentPolicy,
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  decompressResponsePolicy,
  logPolicy,
  proxyPolicy,
  redirectPolicy,
  retryPolicy,
  setClientRequestIdPolicy,
  tlsPolicy,
  tracingPolicy,
  userAgentPolicy,
  type Pipeline,
} from "@azure/core-rest-pipeline";

import { accessKeyPolicy } from "./access-key-policy.js";
import { attemptPolicy, attemptPolicyName } from "./attempt-policy.js";
import type { PipelineClientOptions } from "./client-options.js";
import { isKeyCredential, type AcsCredential } from "./credential.js";
import { packageVersion } from "./package-version.js";
import { smsRetryStrategy } from "./retry-strategy.js";
import { timeoutPolicy } from "./timeout-policy.js";

/** The double slash is meant: the resource's name ends in one. */
const tokenScope = "https://communication.azure.com//.default";

const defaultMaxRetries = 3;

/**
 * The pipeline of the default client of Azure SDKs, less the policies for bodies that an SMS never has (forms,
 * multipart), and with the ones for sends: everything before the retry loop runs once, the rest for each attempt.
 */
export function createAcsPipeline(credential: AcsCredential, options: PipelineClientOptions): Pipeline {
  const pipeline = createEmptyPipeline();
  addConnectionPolicies(pipeline, options);
  pipeline.addPolicy(decompressResponsePolicy());
  pipeline.addPolicy(userAgentPolicy({ userAgentPrefix: userAgentPrefix(options) }));
  pipeline.addPolicy(setClientRequestIdPolicy(options.telemetryOptions?.clientRequestIdHeaderName));
  const maxRetries = options.retryOptions?.maxRetries ?? defaultMaxRetries;
  pipeline.addPolicy(retryPolicy([smsRetryStrategy(options.retryOptions)], { maxRetries }), {
    phase: "Retry",
  });
  pipeline.addPolicy(timeoutPolicy(), { afterPhase: "Retry" });
  pipeline.addPolicy(
    tracingPolicy({ ...options.loggingOptions, userAgentPrefix: userAgentPrefix(options) }),
    {
      afterPhase: "Retry",
    },
  );
  pipeline.addPolicy(redirectPolicy(options.redirectOptions), { afterPhase: "Retry" });
  addSigning(pipeline, credential);
  pipeline.addPolicy(logPolicy(options.loggingOptions), { afterPhase: "Sign" });
  for (const { policy, position } of options.additionalPolicies ?? []) {
    pipeline.addPolicy(policy, position === "perRetry" ? { afterPhase: "Sign" } : {});
  }
  return pipeline;
}

function addConnectionPolicies(pipeline: Pipeline, options: PipelineClientOptions): void {
  if (options.agent !== undefined) pipeline.addPolicy(agentPolicy(options.agent));
  if (options.tlsOptions !== undefined) pipeline.addPolicy(tlsPolicy(options.tlsOptions));
  pipeline.addPolicy(proxyPolicy(options.proxyOptions));
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

function userAgentPrefix(options: PipelineClientOptions): string {
  const own = `acs-sms/${packageVersion}`;
  const prefix = options.userAgentOptions?.userAgentPrefix;
  return prefix === undefined ? own : `${prefix} ${own}`;
}
