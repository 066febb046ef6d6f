import { bar } from "../../../insights/report/charts/bar.js";
import { isOfFew, reportedOf } from "../../../insights/report/words/rate.js";
import { keyText } from "../../../insights/report/words/words.js";
import type { GroupKey, Summary, SummaryGroup } from "../../../insights/summary.js";
import { plural } from "../format.js";
import { grouping, groupings } from "./choices.js";
import { Drawing } from "./drawing.js";
import { FiguresTable } from "./figures-table.js";
import { Choice } from "./tools.js";
import { words } from "./words.js";

const heads = ["Messages", "Delivery rate", "Arrived", "Failed", "Replies", "Opt-outs", "Half arrived in"];

/** Nobody reads more of them. */
const mostRows = 100;

/** The figures by tag, sender or country, the largest group first. */
export function Groups({ of: { groups, groupBy } }: { readonly of: Summary }) {
  const [key = "tag"] = groupBy;
  const name = groupings.find((one) => one.key === key)?.name;
  const sorted = groups.toSorted((one, other) => other.accepted - one.accepted);
  return (
    <section class="panel groups" aria-labelledby="groups">
      <header>
        <h3 id="groups">By {key}</h3>
        <Choice label="Group by" of={grouping} among={groupings} />
      </header>
      <FiguresTable label={`Figures by ${key}`} heads={[name ?? key, ...heads]}>
        {sorted.slice(0, mostRows).map((group) => (
          <Row key={JSON.stringify(group.key[key])} of={group} by={key} />
        ))}
      </FiguresTable>
      {sorted.length === 0 && <p class="quiet">There is no message in this time.</p>}
      {sorted.length > mostRows && <p class="quiet">And {plural(sorted.length - mostRows, "group")} more.</p>}
    </section>
  );
}

function Row({ of: group, by }: { readonly of: SummaryGroup; readonly by: GroupKey }) {
  const { numbers } = words;
  const { accepted, delivered, failed, replies, optOuts, latencyInMs } = group;
  return (
    <tr>
      <th scope="row">
        <bdi>{keyText(group, by, words)}</bdi>
      </th>
      <td>{numbers.count(accepted)}</td>
      <td class="rate">
        <Rate of={group} />
      </td>
      <td>{numbers.count(delivered)}</td>
      <td>{numbers.count(failed)}</td>
      <td>{numbers.count(replies)}</td>
      <td>{numbers.count(optOuts)}</td>
      <td>{latencyInMs === undefined ? "–" : numbers.duration(latencyInMs.p50)}</td>
    </tr>
  );
}

/** A share of few messages says of how few. */
function Rate({ of }: { readonly of: SummaryGroup }) {
  const reported = reportedOf(of);
  if (of.deliveryRate === undefined) return <>–</>;
  return (
    <>
      {words.numbers.percent(of.deliveryRate)}
      {isOfFew(reported) && <span class="faint"> of {words.numbers.count(reported)}</span>}
      <Drawing class="share" of={bar(of.deliveryRate, 1, "arrived")} />
    </>
  );
}
