import type { ComponentChildren } from "preact";

interface FiguresTableProps {
  /** What its rows are, for those who are read to. */
  readonly label: string;
  readonly heads: readonly string[];
  readonly children: ComponentChildren;
}

/** A table that scrolls sideways where there is no room, by the keyboard too. */
export function FiguresTable({ label, heads, children }: FiguresTableProps) {
  return (
    <div class="table" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
