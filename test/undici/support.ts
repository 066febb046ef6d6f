import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
  type PipelineRequestOptions,
} from "@azure/core-rest-pipeline";
import { onTestFinished } from "vitest";

/** A server of one test; resolves with its URL. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A server that answers with what it was sent, as JSON. */
export async function serveEcho(): Promise<string> {
  return serve((request, response) => {
    void bodyOf(request).then((body) => {
      const { method, url, headers } = request;
      response.end(JSON.stringify({ method, url, headers, body }));
    });
  });
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  return (await buffer(request)).toString("utf8");
}

export type RequestOptions = Omit<PipelineRequestOptions, "url" | "headers"> & {
  headers?: Record<string, string>;
};

export function requestTo(url: string, { headers = {}, ...options }: RequestOptions = {}): PipelineRequest {
  return createPipelineRequest({
    url,
    headers: createHttpHeaders(headers),
    allowInsecureConnection: true,
    ...options,
  });
}
