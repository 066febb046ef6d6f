import { z } from "zod";
import { inputSchemas, outputSchemas } from "./schemas.js";
import type { ControlRoute, Description } from "./route.js";

const description =
  "Lets tests in any language see and change a running emulator: phones, senders, webhooks, faults, the clock. It listens on this " +
  "machine alone and wants no signature; a browser's page from elsewhere is refused. The emulated service itself is under /sms.";

/** An OpenAPI document of the routes, made from what they are served by and checked with. */
export function describeRoutes(routes: readonly ControlRoute[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const operations = (paths[route.path] ??= {});
    operations[route.method.toLowerCase()] = describe(route);
  }
  return {
    openapi: "3.1.0",
    info: { title: "The control API of the acs-sms emulator", version: "1", description },
    // Relative to where the document is.
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: { ...jsonSchemas(inputSchemas(), "input"), ...jsonSchemas(outputSchemas(), "output") },
    },
  };
}

function describe({ path, operationId, summary, query, body, answers }: ControlRoute): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const inQuery = (query ?? []).map(({ name, description, type }) => ({
    name,
    in: "query",
    description,
    schema: { type },
  }));
  const parameters = [...inPath, ...inQuery];
  const responses = Object.entries(answers).map(([status, answer]) => [status, response(answer)]);
  return {
    operationId,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, ...content(body.schema) } }),
    responses: { ...Object.fromEntries(responses), "4XX": response(refused) },
  };
}

const refused: Description = { description: "What is wrong with the request.", schema: "Error" };

function response({ description, schema, contentType }: Description): object {
  if (schema !== undefined) return { description, ...content(schema) };
  return contentType === undefined
    ? { description }
    : { description, content: { [contentType]: { schema: { type: "string" } } } };
}

function content(name: string): object {
  return { content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } } };
}

function jsonSchemas(schemas: Readonly<Record<string, z.ZodType>>, io: "input" | "output"): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
      return [name, rest];
    }),
  );
}
