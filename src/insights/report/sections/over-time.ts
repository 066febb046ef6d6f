import { failureChart } from "../charts/failure-chart.js";
import { isCutOff, type Series, type SeriesPoint } from "../charts/series.js";
import { outcomeCounts, volumeChart } from "../charts/volume-chart.js";
import { html, type Markup } from "../page/markup.js";
import { fewestForRate } from "../words/numbers.js";
import { rateCell, reportedOf } from "../words/rate.js";
import { keyNames, type Words } from "../words/words.js";
import { detailsTable } from "./details-table.js";
import { section } from "./section.js";

/** Volume and failures over time, as two charts that share their time axis, and as a table. */
export function overTimeSection(series: Series, words: Words): Markup {
  const cutOff = isCutOff(series)
    ? html`<p class="about">The first or the last ${series.key} is not whole, so it may look smaller.</p>`
    : undefined;
  const content =
    series.points.length === 0
      ? html`<p>There was no message in this time.</p>`
      : html`${volumeLegend()}${volumeChart(series, words)}${failureLegend(series)}${failureChart(series, words)}${cutOff}${figuresTable(series, words)}`;
  return section({ id: "time", title: `${keyNames[series.key]} by ${series.key}`, content });
}

function volumeLegend(): Markup {
  return html`<h3>Messages sent</h3>
    <ul class="legend">
      <li><span class="swatch arrived"></span>arrived</li>
      <li><span class="swatch lost"></span>did not arrive (failed or blocked)</li>
      <li><span class="swatch open"></span>no news</li>
    </ul> `;
}

function failureLegend({ points }: Series): Markup {
  const hasFew = points.some(({ figures }) => {
    const reported = reportedOf(figures);
    return reported > 0 && reported < fewestForRate;
  });
  const few = hasFew ? ` A hollow dot is of fewer than ${fewestForRate}.` : "";
  return html`<h3>Share that failed</h3>
    <p class="about">Of the messages with a report that says whether they arrived.${few}</p> `;
}

function figuresTable(series: Series, words: Words): Markup {
  return detailsTable({
    name: `Figures by ${series.key}`,
    heads: [keyNames[series.key], "Sent", "Arrived", "Did not arrive", "No news", "Delivery rate"],
    rows: series.points.map((point) => figuresRow(series, point, words)),
  });
}

function figuresRow({ key }: Series, { begin, figures }: SeriesPoint, { numbers, times }: Words): Markup {
  const { arrived, lost, open } = outcomeCounts(figures);
  const counts = [figures.accepted, arrived, lost, open].map(
    (count) => html`<td class="number">${numbers.count(count)}</td>`,
  );
  return html`<tr>
    <th scope="row">${times.period(key, begin)}</th>
    ${counts}
    <td class="number">${rateCell(figures.deliveryRate, reportedOf(figures), numbers)}</td>
  </tr> `;
}
