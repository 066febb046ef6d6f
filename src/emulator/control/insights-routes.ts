import { NoInsights } from "../insights/insights.js";
import type { Figures } from "../insights/figures.js";
import type { World } from "../world.js";
import { ok, refusal, type ControlAnswer, type ControlRoute } from "./route.js";

const noInsights = {
  description: "This Node is older than 22.13, or has no SQLite.",
  schema: "Error",
} as const;

const rangeQuery = [
  {
    name: "minutes",
    description: "The last so many minutes, from a full one on; 1 to 100,000.",
    type: "integer",
  },
  {
    name: "from",
    description: "Messages from this time on, in ISO 8601. Default: from the oldest on.",
    type: "string",
  },
  { name: "to", description: "Messages before this time. Default: up to now.", type: "string" },
  {
    name: "timeZone",
    description: "An IANA time zone, in which hours, days and weeks begin. Default: UTC.",
    type: "string",
  },
  { name: "tag", description: "Only messages with this tag.", type: "string" },
  { name: "sender", description: "Only messages of this sender.", type: "string" },
  { name: "country", description: "Only messages to this country, as ISO 3166-1 alpha-2.", type: "string" },
] as const;

/** What the messages came to. */
export const insightsRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/_emulator/insights",
    operationId: "getInsights",
    summary:
      "What the newest messages came to, 10,000 at least, by the package's own `summarize`: delivery, failures by code, replies, " +
      "opt-outs. Only what reached the service is known.",
    query: [
      {
        name: "groupBy",
        description:
          "One or several, with commas, of tag, sender, senderKind, country, minute, hour, day, week. Default: none.",
        type: "string",
      },
      ...rangeQuery,
    ],
    answers: { 200: { description: "The summary.", schema: "Summary" }, 501: noInsights },
    answer: ({ query }, world) =>
      withFigures(world, async (figures) => ok(await figures.summary(query, world.clock.now()))),
  },
  {
    method: "GET",
    path: "/_emulator/insights/report",
    operationId: "getInsightsReport",
    summary: "The same as a page for people, which loads nothing.",
    query: rangeQuery,
    answers: { 200: { description: "The page.", contentType: "text/html" }, 501: noInsights },
    answer: ({ query }, world) =>
      withFigures(world, async (figures) => {
        const body = await figures.report(query, world.clock.now());
        return { status: 200, body, headers: { "content-type": "text/html; charset=utf-8" } };
      }),
  },
];

async function withFigures(
  { insights }: World,
  answer: (figures: Figures) => Promise<ControlAnswer>,
): Promise<ControlAnswer> {
  try {
    return await answer(await insights.figures());
  } catch (error) {
    if (!(error instanceof NoInsights)) throw error;
    return refusal(501, "NotImplemented", error.message);
  }
}
