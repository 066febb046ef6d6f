import { useInstrumenter, type Instrumenter, type TracingContext } from "@azure/core-tracing";
import { afterAll, expect, it } from "vitest";

import { person, sender, testClient, text } from "../support/clients.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";

const context: TracingContext = {
  setValue: () => context,
  getValue: () => undefined,
  deleteValue: () => context,
};

interface SeenSpan {
  readonly name: string;
  readonly attributes: Record<string, unknown>;
  error?: unknown;
  ended?: boolean;
}

/** Keeps what would be exported. */
function recordingInstrumenter(spans: SeenSpan[]): Instrumenter {
  return {
    startSpan: (name, options) => {
      const span: SeenSpan = { name, attributes: { ...options.spanAttributes } };
      spans.push(span);
      return {
        tracingContext: context,
        span: {
          isRecording: () => true,
          end: () => void (span.ended = true),
          setAttribute: (key, value) => void (span.attributes[key] = value),
          setStatus: (status) => void (span.error = "error" in status ? status.error : undefined),
          recordException: (error) => void (span.error = error),
        },
      };
    },
    withContext: (_context, callback, ...args) => callback(...args),
    parseTraceparentHeader: () => context,
    createRequestHeaders: () => ({ traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }),
  };
}

afterAll(() =>
  useInstrumenter({
    ...recordingInstrumenter([]),
    startSpan: () => ({
      tracingContext: context,
      span: { isRecording: () => false, end() {}, setAttribute() {}, setStatus() {}, recordException() {} },
    }),
    createRequestHeaders: () => ({}),
  }),
);

it("each attempt is a span of the pipeline's own tracing, with nothing private in it", async () => {
  const spans: SeenSpan[] = [];
  useInstrumenter(recordingInstrumenter(spans));
  await using server = await ScriptedServer.start((seen, index) =>
    index === 0 ? { status: 503 } : accepted(seen),
  );
  await testClient(server).send({ from: sender, to: [person], message: text });

  expect(spans).toMatchObject([
    { name: "HTTP POST", ended: true, attributes: { "http.method": "POST", "http.status_code": 503 } },
    {
      name: "HTTP POST",
      ended: true,
      attributes: { "http.url": `${server.endpoint}/sms?api-version=2021-03-07` },
    },
  ]);
  expect(server.requests[0]?.headers["traceparent"]).toBe(
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  );
  expect(JSON.stringify(spans)).not.toContain(person.slice(1));
  expect(JSON.stringify(spans)).not.toContain(text);
});
