import { failureChart } from "../../../insights/report/charts/failure-chart.js";
import { seriesOf, type Series, type SeriesPoint } from "../../../insights/report/charts/series.js";
import { outcomeCounts, volumeChart } from "../../../insights/report/charts/volume-chart.js";
import type { Summary } from "../../../insights/summary.js";
import { Drawing } from "./drawing.js";
import { FiguresTable } from "./figures-table.js";
import { withEmptyPeriods } from "./empty-periods.js";
import { words } from "./words.js";

const heads = ["Time", "Sent", "Arrived", "Did not arrive", "No news"];

/** Volume and failures over time. */
export function OverTime({ of }: { readonly of: Summary }) {
  const series = seriesOf(of);
  return (
    <section class="panel over-time" aria-labelledby="over-time">
      <header>
        <h3 id="over-time">Over time</h3>
        <p class="legend" aria-hidden="true">
          <span class="arrived">arrived</span>
          <span class="lost">did not arrive</span>
          <span class="open">no news</span>
        </p>
      </header>
      {series === undefined || series.points.length === 0 ? (
        <p class="quiet">There is no message in this time. A longer range may have some.</p>
      ) : (
        <>
          <Charts of={withEmptyPeriods(series, of.total)} />
          <details>
            <summary>These figures as a table</summary>
            <Table of={series} />
          </details>
        </>
      )}
    </section>
  );
}

function Charts({ of }: { readonly of: Series }) {
  return (
    <>
      <Drawing class="drawing" of={volumeChart(of, words)} />
      <Drawing class="drawing" of={failureChart(of, words)} />
    </>
  );
}

function Table({ of: { key, points } }: { readonly of: Series }) {
  return (
    <FiguresTable label={`Figures by ${key}`} heads={heads}>
      {points.toReversed().map((point) => (
        <Row key={point.begin.getTime()} of={point} by={key} />
      ))}
    </FiguresTable>
  );
}

function Row({ of: { begin, figures }, by }: { readonly of: SeriesPoint; readonly by: Series["key"] }) {
  const { arrived, lost, open } = outcomeCounts(figures);
  return (
    <tr>
      <th scope="row">{words.times.period(by, begin)}</th>
      {[figures.accepted, arrived, lost, open].map((count, index) => (
        <td key={index}>{words.numbers.count(count)}</td>
      ))}
    </tr>
  );
}
