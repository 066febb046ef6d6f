import { useEffect } from "preact/hooks";
import { Empty } from "../parts/empty.js";
import { Problem } from "../parts/problem.js";
import { Failures } from "./failures.js";
import { followFigures, hasMessages, problem, shown } from "./following.js";
import type { Shown } from "./get-figures.js";
import { Groups } from "./groups.js";
import { NoNews } from "./no-news.js";
import { OverTime } from "./over-time.js";
import { Tiles } from "./tiles.js";
import { Tools } from "./tools.js";

/** What the messages came to. */
export function InsightsSection() {
  useEffect(followFigures, []);
  return (
    <>
      <h2 class="hidden">Insights</h2>
      {hasMessages.value ? <Insights /> : <NoMessages />}
    </>
  );
}

function Insights() {
  return (
    <>
      <Tools />
      <Problem of={problem} />
      {shown.value === undefined ? <Waiting /> : <Figures of={shown.value} />}
    </>
  );
}

function Figures({ of: { byGroup, byTime } }: { readonly of: Shown }) {
  return (
    <>
      <Tiles of={byGroup} />
      <div class="halves">
        <OverTime of={byTime} />
        <div class="column">
          <Failures of={byGroup.total} />
          <NoNews of={byGroup.total} />
        </div>
      </div>
      <Groups of={byGroup} />
      <p class="quiet about">
        These are the newest 10,000 messages or so, as far as they reached the service: what your code held
        back, as for an opt-out that it knows of, is never seen here. The tiles count all replies and
        opt-outs, the table those within 72 hours of a message.
      </p>
    </>
  );
}

function Waiting() {
  return problem.value === "" ? <p class="nothing">Summing up…</p> : null;
}

function NoMessages() {
  return (
    <Empty icon="chart" title="Nothing to sum up yet">
      <p>
        Send some messages from your code, with <code>enableDeliveryReport</code> and a <code>tag</code>, and
        reply to them on the phones. What they came to is shown here while it happens: how many arrived, why
        others failed, who answered and who opted out.
      </p>
      <p>The magic numbers, such as +15555554006, fail with codes of their own.</p>
    </Empty>
  );
}
