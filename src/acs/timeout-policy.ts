import { RestError, type PipelinePolicy } from "@azure/core-rest-pipeline";

/**
 * Tells an attempt that took too long from one the caller aborted. The HTTP client ends both alike, but a time-out is
 * a connection error like others and is tried again.
 */
export function timeoutPolicy(): PipelinePolicy {
  return {
    name: "acsTimeoutPolicy",
    async sendRequest(request, next) {
      try {
        return await next(request);
      } catch (error) {
        const isAbort = error instanceof Error && error.name === "AbortError";
        if (!isAbort || request.abortSignal?.aborted === true) throw error;
        const message = `The service did not answer within ${request.timeout} ms.`;
        throw new RestError(message, { code: "ETIMEDOUT", request });
      }
    },
  };
}
