import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "vitest";
import type { Emulator, EmulatorOptions } from "../../src/emulator/index.js";
import { call, emulated, type WireAnswer } from "./wire.js";

const ajv = new Ajv2020({ allErrors: true });
formats.default(ajv);

/** No signature is needed, so none is sent. */
export const unsigned = {
  Authorization: undefined,
  "x-ms-date": undefined,
  "x-ms-content-sha256": undefined,
};

export type Control = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string | undefined>,
) => Promise<WireAnswer>;

/** An emulator, and how to ask its control API. */
export async function controlled(
  options?: EmulatorOptions,
): Promise<{ emulator: Emulator; control: Control }> {
  const emulator = await emulated(options);
  const control: Control = (method, path, body, headers = {}) =>
    call(emulator, { method, target: `/_emulator${path}`, body, headers: { ...unsigned, ...headers } });
  return { emulator, control };
}

/** What tests look at of an OpenAPI document. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, AnySchema>> };
}

interface DescribedOperation {
  readonly operationId: string;
  readonly requestBody?: DescribedContent;
  readonly responses: Readonly<Record<string, DescribedContent>>;
}

interface DescribedContent {
  readonly content?: { readonly "application/json"?: { readonly schema: { readonly $ref: string } } };
}

/** One operation of the document. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Without the `/_emulator` that all have, and with the names of its parts in braces. */
  readonly path: string;
  readonly hasBody: boolean;
}

export interface Ask {
  /** The parts of the path. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Record<string, string | undefined>;
}

/** Asks the control API by its own document, and holds it to that. */
export interface Described {
  readonly document: OpenApiDocument;
  readonly operations: readonly Operation[];
  /** Those that were asked for, in vain or not. */
  readonly asked: ReadonlySet<string>;
  readonly ask: (id: string, ask?: Ask) => Promise<WireAnswer>;
}

export async function described(control: Control): Promise<Described> {
  const { body } = await control("GET", "/openapi.json");
  const document = body as OpenApiDocument;
  const operations = operationsOf(document);
  const asked = new Set<string>();
  const ask = async (id: string, ask: Ask = {}): Promise<WireAnswer> => {
    const operation = operations.find((operation) => operation.id === id);
    if (operation === undefined) throw new Error(`Expected an operation of the document, got ${id}`);
    asked.add(id);
    const answer = await control(operation.method, targetOf(operation, ask), ask.body, ask.headers);
    expectDescribed(answer, operation, document);
    return answer;
  };
  return { document, operations, asked, ask };
}

function operationsOf({ paths }: OpenApiDocument): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { operationId, requestBody }]) => ({
      id: operationId,
      method: method.toUpperCase(),
      path: path.replace(/^\/_emulator/, ""),
      hasBody: requestBody !== undefined,
    })),
  );
}

/** A part that is not given is `x`. */
export function targetOf({ path }: Operation, { parts = {}, query }: Ask = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? "x"));
  return query === undefined ? filled : `${filled}?${new URLSearchParams(query).toString()}`;
}

/** An answer is one of those that the document has for the operation, and so is its body. */
function expectDescribed(answer: WireAnswer, operation: Operation, document: OpenApiDocument): void {
  const { responses } = document.paths[`/_emulator${operation.path}`]?.[operation.method.toLowerCase()] ?? {};
  const described = responses?.[answer.status] ?? responses?.[`${String(answer.status)[0]}XX`];
  expect(described, `${operation.id}: a described status, not ${answer.status}`).toBeDefined();
  const ref = described?.content?.["application/json"]?.schema.$ref;
  if (ref === undefined) return;
  expect(answer.headers["content-type"]).toBe("application/json");
  expectValid(answer.body, ref.replace("#/components/schemas/", ""), document);
}

/** A value is what a schema of the document says. */
export function expectValid(value: unknown, name: string, { components }: OpenApiDocument): void {
  const schema = components.schemas[name];
  expect(schema, `a schema ${name}`).toBeDefined();
  const isValid = ajv.validate(schema ?? {}, value);
  expect(isValid, `${name}: ${ajv.errorsText()}`).toBe(true);
}
