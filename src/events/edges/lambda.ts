import type { SmsWebhook } from "../webhook.js";

/** What is read of an event in payload format 2.0, that of function URLs and API Gateway HTTP APIs. */
export interface LambdaHttpEvent {
  readonly rawPath: string;
  /** Without `?`. */
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | undefined;
  readonly isBase64Encoded: boolean;
  readonly requestContext: { readonly domainName: string; readonly http: { readonly method: string } };
}

/** An answer in payload format 2.0. */
export interface LambdaHttpResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Makes a webhook the handler of an AWS Lambda function behind a function URL or an API Gateway HTTP API (payload format
 * 2.0). It never rejects.
 *
 * @example
 * ```ts
 * import { toLambda, type SmsWebhook } from "acs-sms/events";
 *
 * export function handlerOf(webhook: SmsWebhook) {
 *   return toLambda(webhook); // export const handler = …
 * }
 * ```
 */
export function toLambda(webhook: SmsWebhook): (event: LambdaHttpEvent) => Promise<LambdaHttpResult> {
  return async (event) => {
    try {
      const response = await webhook(toRequest(event));
      const { status: statusCode } = response;
      return { statusCode, headers: Object.fromEntries(response.headers), body: await response.text() };
    } catch {
      return { statusCode: 500, headers: {}, body: "" };
    }
  };
}

function toRequest(event: LambdaHttpEvent): Request {
  const { domainName, http } = event.requestContext;
  const query = event.rawQueryString === "" ? "" : `?${event.rawQueryString}`;
  const headers = Object.entries(event.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const init = { method: http.method, headers };
  const url = `https://${domainName}${event.rawPath}${query}`;
  if (http.method !== "POST" || event.body === undefined) return new Request(url, init);
  const body = Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8");
  return new Request(url, { ...init, body });
}
