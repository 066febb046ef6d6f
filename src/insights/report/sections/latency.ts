import type { Quantiles, SummaryFigures } from "../../summary.js";
import { bar } from "../charts/bar.js";
import { latencyBands, type LatencyBand } from "../charts/latency-bands.js";
import { latencyChart } from "../charts/latency-chart.js";
import { html, type Markup } from "../page/markup.js";
import type { Numbers } from "../words/numbers.js";
import { rateCell } from "../words/rate.js";
import type { Words } from "../words/words.js";
import { detailsTable } from "./details-table.js";
import { section } from "./section.js";

/** How long messages took to arrive, and people to answer. */
export function latencySection(figures: SummaryFigures, words: Words): Markup {
  const { numbers } = words;
  const { delivered, replies, latencyInMs, timeToReplyInMs } = figures;
  const arrival = quantileTable("Time to arrive", latencyInMs, numbers);
  const reply = quantileTable("Time to the first reply", timeToReplyInMs, numbers);
  return section({
    id: "latency",
    title: "How long it took",
    about:
      "From when the service took a message. Bars start at zero; each table and chart has a scale of its own.",
    content: html`<div class="halves">
        <div>
          <h3>Until it arrived</h3>
          <p class="about">Of ${numbers.counted(delivered, "delivered message")}.</p>
          ${arrival}
        </div>
        <div>
          <h3>Until the first reply</h3>
          <p class="about">${numbers.counted(replies, "reply", "replies")} came.</p>
          ${reply}
        </div>
      </div>
      ${spread(figures, words)}`,
  });
}

/** Half within 3 s may be a hump at 3 s, or two: one at once and one much later. */
function spread(figures: SummaryFigures, words: Words): Markup | undefined {
  const bands = latencyBands(figures, words.numbers);
  if (bands.length === 0) return undefined;
  return html`<h3>How the times to arrive are spread</h3>
    <p class="about">Messages by how long they took; each column without those before it.</p>
    ${latencyChart(bands, words)}${bandTable(bands, words.numbers)}`;
}

function bandTable(bands: readonly LatencyBand[], numbers: Numbers): Markup {
  const all = bands.at(-1)?.soFar ?? 0;
  const rows = bands.map(
    ({ name, count, soFar }) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td class="number">${numbers.count(count)}</td>
        <td class="number">${rateCell(count / all, all, numbers)}</td>
        <td class="number">${rateCell(soFar / all, all, numbers)}</td>
      </tr> `,
  );
  const heads = ["Took", "Messages", "Share", "Share so far"] as const;
  return detailsTable({ name: "Messages by time to arrive", heads, rows });
}

const names: readonly (readonly [keyof Quantiles, string])[] = [
  ["p50", "Half within"],
  ["p90", "9 in 10 within"],
  ["p99", "99 in 100 within"],
];

function quantileTable(caption: string, quantiles: Quantiles | undefined, numbers: Numbers): Markup {
  if (quantiles === undefined) return html`<p>There is nothing to measure yet.</p>`;
  return html`<table class="quantiles">
    <caption class="hidden">
      ${caption}
    </caption>
    <thead class="hidden">
      <tr>
        <th scope="col">Share</th>
        <th scope="col">Time</th>
      </tr>
    </thead>
    <tbody>
      ${names.map(([name, text]) => quantileRow(name, text, quantiles, numbers))}
    </tbody>
  </table>`;
}

function quantileRow(name: keyof Quantiles, text: string, quantiles: Quantiles, numbers: Numbers): Markup {
  const value = quantiles[name];
  return html`<tr>
    <th scope="row">${text} <span class="quiet">${name}</span></th>
    <td>${numbers.duration(value)}${bar(value, quantiles.p99, "arrived")}</td>
  </tr> `;
}
