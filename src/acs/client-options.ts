import type {
  HttpClient,
  LogPolicyOptions,
  PipelineOptions,
  PipelinePolicy,
} from "@azure/core-rest-pipeline";

/** A policy of the caller's, and where it runs. */
export interface AdditionalPolicyConfig {
  /** It must pass a request on once for each time it gets it. */
  policy: PipelinePolicy;
  /** `perCall`: once for each request, before retries. `perRetry`: for each attempt, after it was signed. */
  position: "perCall" | "perRetry";
}

/**
 * How requests travel: the options that every Azure SDK client takes (`retryOptions`, `proxyOptions`, `tlsOptions`,
 * `agent`, `userAgentOptions`, `telemetryOptions`, `redirectOptions`, and those below).
 */
export interface PipelineClientOptions extends PipelineOptions {
  /** Policies to add to the pipeline. */
  additionalPolicies?: AdditionalPolicyConfig[] | undefined;
  /**
   * What puts requests on the wire; `createUndiciHttpClient` of `acs-sms/undici` makes a faster one. Default: the
   * pipeline's own, on `node:https`, with connections kept alive.
   */
  httpClient?: HttpClient | undefined;
  /** Allows `http://` endpoints, for an emulator. Never with tokens. Default: `false`. */
  allowInsecureConnection?: boolean | undefined;
  /** What the log may show of requests, besides what it shows anyway. */
  loggingOptions?: LogPolicyOptions | undefined;
  /**
   * The version of the service's REST contract. Default: for each request the oldest stable one that carries what it
   * asks for: `2021-03-07` for a plain send, else `2026-01-23`.
   */
  apiVersion?: string | undefined;
}
