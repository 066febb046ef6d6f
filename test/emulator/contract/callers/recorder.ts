import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import type { Answer, Outcome } from "./caller.js";

/** An HTTP client that remembers the last answer, before any client has made something of it. */
function recorder(): { readonly httpClient: HttpClient; readonly answer: () => Answer | undefined } {
  const client = createDefaultHttpClient();
  let answer: Answer | undefined;
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const response = await client.sendRequest(request);
      const { headers, status, bodyAsText } = response;
      answer = { status, text: bodyAsText ?? "", header: (name) => headers.get(name) };
      return response;
    },
  };
  return { httpClient, answer: () => answer };
}

/** Makes a call, and tells what it returned or threw, through `show` and `showError`. */
export async function observe<T>(
  call: (httpClient: HttpClient) => Promise<T>,
  show: (result: T) => unknown,
  showError: (error: Error & { statusCode?: number; code?: string }) => unknown,
): Promise<Outcome> {
  const { httpClient, answer } = recorder();
  try {
    const result = await call(httpClient);
    return { answer: answer(), shown: show(result) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { answer: answer(), shown: showError(error) };
  }
}
