import type { KeyObject } from "node:crypto";
import type { Answer } from "./answers.js";
import { findVersion, type ApiVersion, type VersionRefusal } from "./api-versions.js";
import { authenticate, isAuthentic } from "../authentication/authenticate.js";
import type { SignatureVerdict } from "../authentication/verdict.js";
import {
  denied,
  invalidFields,
  unauthorized,
  unsupportedMediaType,
  versionRefused,
} from "./error-answers.js";
import type { RequestFault } from "../faults/request-faults.js";
import type { Incoming } from "./incoming.js";
import type { Operation } from "./operation.js";
import type { Overlaps } from "./under-way.js";
import type { World } from "../world.js";

/** An answer, and what the log says about the request beside it. */
export interface Outcome {
  /** `undefined` when the connection ends instead. */
  readonly answer: Answer | undefined;
  readonly signature: SignatureVerdict;
  readonly recipients: number;
  /** What hit the request on demand. */
  readonly fault?: RequestFault;
}

/** Takes a request through what all operations share, in the service's order: who asks, in which version, with what body. */
export function respond(
  operation: Operation,
  incoming: Incoming,
  id: string,
  keys: readonly KeyObject[],
  overlaps: Overlaps,
  world: World,
): Outcome {
  const { settings, trouble } = world;
  // A client signs with the real time, however fast the emulated one passes.
  const now = Date.now() + trouble.rules.clockSkewInMs;
  const signature = authenticate(incoming, keys, { now, toleranceInMs: settings.signatureToleranceInMs });
  if (!isAuthentic(signature)) return { answer: refusal(signature), signature, recipients: 0 };
  const version = findVersion(incoming.apiVersion, operation.versions);
  if (typeof version === "string")
    return { answer: wrongVersion(version, incoming, world), signature, recipients: 0 };
  const json = operation.method === "GET" ? undefined : readJson(incoming, version);
  if (json instanceof Refusal) return { answer: json.answer, signature, recipients: 0 };
  const answer = operation.answer({ version, json, id, overlaps }, world);
  return { answer, signature, recipients: countIn(json) };
}

/** The texts are documented for these three; where a signature is wrong there is none. */
function refusal(verdict: SignatureVerdict): Answer {
  if (verdict === "missing") return denied("Denied by the resource provider.");
  if (verdict === "malformed") return denied("Given value does not match HMAC header structure");
  if (verdict === "wrong-content-hash") {
    return denied("Request 'x-ms-content-sha256' differs from generated content hash.");
  }
  return unauthorized();
}

function wrongVersion(
  refusal: VersionRefusal,
  { headers, path, apiVersion }: Incoming,
  { address }: World,
): Answer {
  const { protocol } = new URL(address.endpoint);
  return versionRefused(refusal, `${protocol}//${headers.host ?? ""}${path}`, apiVersion);
}

/** Told from a parsed body by its class, since a body can be anything. */
class Refusal {
  readonly answer: Answer;

  constructor(answer: Answer) {
    this.answer = answer;
  }
}

function readJson({ headers, body }: Incoming, version: ApiVersion): unknown {
  const isJson = /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers["content-type"] ?? "");
  if (!isJson) return new Refusal(unsupportedMediaType());
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    // [INFER] Nothing is documented for a body that is no JSON.
    return new Refusal(invalidFields(version, { $: ["The request body is not valid JSON."] }));
  }
}

const utf8 = new TextDecoder();

/** How many recipients a body names, even one that is refused for their number. */
function countIn(json: unknown): number {
  if (typeof json !== "object" || json === null) return 0;
  const { smsRecipients, recipients } = json as { smsRecipients?: unknown; recipients?: unknown };
  const list = smsRecipients ?? recipients;
  return Array.isArray(list) ? list.length : 0;
}
