import { Chip } from "../parts/chip.js";
import type { OptOut } from "../records.js";

/** Says that an opt-out stands between the phone and the sender, and in whose list. Nothing where there is none. */
export function OptedOut({ optOut }: { readonly optOut: OptOut | undefined }) {
  const lists = [
    ...(optOut?.isBlockedByCarrier === true ? ["carrier"] : []),
    ...(optOut?.isInServiceList === true ? ["service list"] : []),
  ];
  if (lists.length === 0) return null;
  return (
    <span role="status">
      <Chip tone="bad" icon="ban" title={explain(lists)}>
        Opted out <span class="faint">({lists.join(", ")})</span>
      </Chip>
    </span>
  );
}

function explain(lists: readonly string[]): string {
  return lists
    .map((list) =>
      list === "carrier"
        ? "The carrier blocks what this sender sends, and no request can lift that."
        : "The number is in the opt-out list that the service keeps for this sender.",
    )
    .join(" ");
}
