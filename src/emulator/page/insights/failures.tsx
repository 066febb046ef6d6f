import { bar } from "../../../insights/report/charts/bar.js";
import { adviceFor } from "../../../insights/report/sections/code-advice.js";
import type { SummaryFigures } from "../../../insights/summary.js";
import { Drawing } from "./drawing.js";
import { codesOf } from "./headline.js";
import { words } from "./words.js";

/** Why messages failed, the commonest reason first. */
export function Failures({ of: { failed, failedByCode } }: { readonly of: SummaryFigures }) {
  const codes = codesOf(failedByCode);
  return (
    <section class="panel reasons" aria-labelledby="failures">
      <h3 id="failures">Why messages failed</h3>
      {codes.length === 0 ? (
        <p class="quiet">None did. The magic numbers fail, each with its code.</p>
      ) : (
        <ul>
          {codes.map(([code, count]) => (
            <li key={code}>
              <b>{code === "none" ? "No code" : code}</b>
              <span class="count">{words.numbers.count(count)}</span>
              <Drawing class="share" of={bar(count, failed, "lost")} />
              <span class="quiet">{meaningOf(code)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The emulator says of an opt-out what carriers say, unless it is told otherwise: a sentence without a code. */
function meaningOf(code: string): string {
  return code === "none"
    ? "The report has no code, as where an opt-out stopped the message."
    : adviceFor(code).meaning;
}
