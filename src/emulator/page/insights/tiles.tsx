import type { Summary } from "../../../insights/summary.js";
import { headlineOf } from "./headline.js";
import { words } from "./words.js";

/** The figures that are looked at first. */
export function Tiles({ of }: { readonly of: Summary }) {
  return (
    <dl class="tiles" aria-label="At a glance">
      {headlineOf(of, words.numbers).map(({ name, figure, detail, tone = "" }) => (
        <div key={name} class={`tile ${tone}`}>
          <dt>{name}</dt>
          <dd class="figure">{figure}</dd>
          <dd class="detail">{detail}</dd>
        </div>
      ))}
    </dl>
  );
}
