import { computed } from "@preact/signals";
import { countOf } from "../format.js";
import { logLimit } from "../model.js";
import { hashOf, sections, type Section } from "../hash.js";
import { route } from "../route.js";
import { deadLetters, deliveries, requests } from "../state.js";
import { unreadTotal } from "../unread.js";

interface Count {
  readonly count: number;
  /** What is counted, after the number. */
  readonly of: string;
  readonly tone: "" | "new" | "bad";
}

const names: Readonly<Record<Section, string>> = {
  phones: "Phones",
  requests: "Requests",
  events: "Events",
  insights: "Insights",
  settings: "Settings",
};

const nothing: Count = { count: 0, of: "", tone: "" };

const counts = computed((): Readonly<Record<Section, Count>> => ({
  phones: { count: unreadTotal.value, of: "unread", tone: "new" },
  requests: { count: requests.value.length, of: "of late", tone: "" },
  events:
    deadLetters.value.length > 0
      ? { count: deadLetters.value.length, of: "given up", tone: "bad" }
      : { count: deliveries.value.length, of: "attempts of late", tone: "" },
  insights: nothing,
  settings: nothing,
}));

/** The ways to the sections. */
export function Tabs() {
  return (
    <nav aria-label="Sections">
      {sections.map((section) => (
        <a
          key={section}
          href={hashOf(section)}
          aria-current={route.value.section === section ? "page" : undefined}
        >
          {names[section]}
          <TabCount {...counts.value[section]} />
        </a>
      ))}
    </nav>
  );
}

function TabCount({ count, of, tone }: Count) {
  if (count === 0) return null;
  return (
    <span class={`badge ${tone}`}>
      {countOf(count)}
      {count === logLimit && "+"}
      <span class="hidden"> {of}</span>
    </span>
  );
}
