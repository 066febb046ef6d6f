import type { World } from "../world.js";
import type { SchemaName } from "./schemas.js";

/** One operation of the control API: what is served, and what the OpenAPI document says of it. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** As in OpenAPI: `/_emulator/webhooks/{id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly query?: readonly QueryParameter[];
  readonly body?: {
    readonly schema: SchemaName;
    /** The error code of a body that is refused. */ readonly invalid: string;
  };
  /** The answers that are not errors, and 404 where there is one. */
  readonly answers: Readonly<Record<number, Description>>;
  answer(request: ControlRequest, world: World): ControlAnswer | Promise<ControlAnswer>;
}

/** A parameter behind the question mark. */
interface QueryParameter {
  readonly name: string;
  readonly description: string;
  readonly type: "string" | "integer";
}

/** What an answer is, in words, and its body where it has one. */
export interface Description {
  readonly description: string;
  readonly schema?: SchemaName;
  /** Of a text that is no JSON, where that is to be told. */
  readonly contentType?: string;
}

/** A request that may be answered. */
export interface ControlRequest {
  /** A part of the path, decoded. */
  readonly parameter: (name: string) => string;
  readonly query: (name: string) => string | undefined;
  /** The parsed body; `undefined` where the route takes none. */
  readonly json: unknown;
}

/** What is answered. */
export interface ControlAnswer {
  readonly status: 200 | 201 | 204 | 400 | 403 | 404 | 415 | 501;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer in the form of nearly all. */
export function ok(body: unknown): ControlAnswer {
  return { status: 200, body };
}

/** There was nothing to say. */
export const done: ControlAnswer = { status: 204 };

/** A refusal, in the service's own form. */
export function refusal(status: 400 | 403 | 404 | 415 | 501, code: string, message: string): ControlAnswer {
  return { status, body: { error: { code, message } } };
}
