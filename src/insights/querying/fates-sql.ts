import type { QueryPrices, SummaryQuery } from "./summary-query.js";

/** Where messages by what became of them, and by the code of their report, come from, and the figures of each of those. */
export interface FatesSql {
  readonly source: string;
  readonly figures: Readonly<Record<string, string>>;
}

const counts = { fate: "fate", code: "code", messages: "count(*)", segments: "sum(segments)" };

/** @param keys - By what messages are put together. */
export function fatesSql(keys: readonly string[], { prices }: SummaryQuery): FatesSql {
  return prices === undefined ? { source: "cohort", figures: counts } : pricedFates(keys, prices);
}

/** Messages that are alike in all that counts here, prefix among it, are few, and so are priced together. */
function pricedFates(keys: readonly string[], prices: QueryPrices): FatesSql {
  const { micros, joins, longest } = priceSql(prices);
  const columns = [...keys, "fate", "code"].join(", ");
  return {
    source: `(SELECT ${columns}, substr(prefix, 1, ${longest}) AS prefix, count(*) AS messages, sum(segments) AS segments
      FROM cohort GROUP BY ${columns}, substr(prefix, 1, ${longest})) AS alike ${joins}`,
    figures: {
      ...counts,
      messages: "sum(messages)",
      micros: `coalesce(sum(segments * ${micros}), 0)`,
      segmentsWithoutPrice: `coalesce(sum(segments) FILTER (WHERE ${micros} IS NULL), 0)`,
    },
  };
}

/** The longest prefix counts, so that those of each length are looked for in turn. */
function priceSql({ byPrefix, others }: QueryPrices) {
  const lengths = [...new Set(byPrefix.map(([prefix]) => prefix.length))].toSorted((a, b) => b - a);
  const joins = lengths.map(
    (length) => `LEFT JOIN prices AS p${length} ON p${length}.prefix = substr(alike.prefix, 1, ${length})`,
  );
  const micros = [
    ...lengths.map((length) => `p${length}.micros`),
    `CAST(${others ?? "NULL"} AS bigint)`,
    "NULL",
  ];
  return { micros: `coalesce(${micros.join(", ")})`, joins: joins.join(" "), longest: lengths[0] ?? 0 };
}
