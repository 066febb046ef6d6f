import type { KeyObject } from "node:crypto";

import type { KeyCredential } from "@azure/core-auth";
import type { PipelinePolicy, PipelineRequest } from "@azure/core-rest-pipeline";

import { expected } from "../errors/expected.js";
import { checkedAccessKey } from "./connection-string.js";
import { authorization, hashContent, importAccessKey } from "./signature.js";

/**
 * Signs each attempt afresh with the resource's access key. A key changed in the credential (`AzureKeyCredential.update`)
 * is used from the next attempt on.
 */
export function accessKeyPolicy(credential: KeyCredential): PipelinePolicy {
  const keyOf = rememberLast(importAccessKey);
  const partsOf = rememberLast(wireParts);
  const dateOf = rememberLast((second: number) => new Date(second * 1000).toUTCString());
  return {
    name: "acsAccessKeyPolicy",
    sendRequest(request, next) {
      const { host, pathAndQuery } = partsOf(request.url);
      const date = dateOf(Math.floor(Date.now() / 1000));
      const contentHash = hashContent(bodyOf(request));
      const parts = { method: request.method, pathAndQuery, host, date, contentHash };
      request.headers.set("Host", host);
      request.headers.set("x-ms-date", date);
      request.headers.set("x-ms-content-sha256", contentHash);
      request.headers.set("Authorization", authorization(parts, checkedKey(credential, keyOf)));
      return next(request);
    },
  };
}

function checkedKey(credential: KeyCredential, keyOf: (accessKey: string) => KeyObject): KeyObject {
  return keyOf(checkedAccessKey("credential.key", credential.key));
}

/** The URL as the HTTP client will put it on the wire, since that is what the service signs. */
function wireParts(url: string): { host: string; pathAndQuery: string } {
  const { host, pathname, search } = new URL(url);
  return { host, pathAndQuery: pathname + search };
}

function bodyOf(request: PipelineRequest): string | Uint8Array {
  const { body } = request;
  if (body === undefined || body === null) return "";
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  throw expected("request.body", "a string or bytes, which alone can be signed", body);
}

/** A function of one argument that remembers its last answer: the same URL, key and second come again and again. */
function rememberLast<K, V>(compute: (key: K) => V): (key: K) => V {
  let last: { readonly key: K; readonly value: V } | undefined;
  return (key) => {
    if (last === undefined || last.key !== key) last = { key, value: compute(key) };
    return last.value;
  };
}
