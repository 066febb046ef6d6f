import { capacities, type MessageSize } from "../../carriers/segments.js";
import { filling } from "../filling.js";
import { countOf, plural } from "../format.js";

/** More boxes than this say nothing that the number does not. */
const boxes = 8;
const width = 18;
const gap = 2;

/** How many segments a text takes and how full the last is, as boxes and in numbers. */
export function SegmentRuler({ measure }: { readonly measure: MessageSize }) {
  const { encoding, units, segments } = measure;
  const { room, lastShare } = filling(measure);
  const drawn = Math.min(segments, boxes);
  return (
    <span class={segments > 1 ? "ruler several" : "ruler"} title={explain(measure)}>
      <svg width={drawn * (width + gap) - gap} height="5" aria-hidden="true">
        {Array.from({ length: drawn }, (_, index) => (
          <g key={index} transform={`translate(${index * (width + gap)} 0)`}>
            <rect class="room" width={width} height="5" rx="1.5" />
            <rect class="fill" width={index < segments - 1 ? width : width * lastShare} height="5" rx="1.5" />
          </g>
        ))}
      </svg>
      <span>
        {encoding} {countOf(units)}/{countOf(room)}
        {segments > 1 && `, ${plural(segments, "segment")}`}
      </span>
    </span>
  );
}

function explain({ encoding, segments, units }: MessageSize): string {
  const { alone, each } = capacities[encoding];
  const unit = encoding === "GSM-7" ? "septets" : "UTF-16 units";
  return (
    `${plural(segments, "segment")}: ${countOf(units)} ${unit} in ${encoding}, ` +
    `where a segment holds ${alone} alone and ${each} as one of several.`
  );
}
