import { JsonBlock } from "../parts/json.js";
import type { Request } from "../records.js";
import { verdicts } from "./verdicts.js";

/** All that a request said, and what was answered. */
export function RequestDetails({ entry }: { readonly entry: Request }) {
  const { headers, body, answer, signature } = entry;
  return (
    <>
      <p class="quiet">{verdicts[signature].meaning}</p>
      <div class="blocks">
        <JsonBlock title="Body" text={body} absent="Empty." />
        <JsonBlock title="Answer" text={answer} absent="There was none." />
      </div>
      <div class="block">
        <p class="title">Headers</p>
        <dl class="headers">
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}
