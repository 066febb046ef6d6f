/**
 * Makes the heads of sortable tables into buttons. The page's only script: without it the table is as complete, in the
 * order of its groups. A cell is sorted by its `data-value`, else by its text; what has no value comes last.
 */
export const sortScript = `
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const [body] = table.tBodies;
  const heads = [...table.tHead.rows[0].cells];
  if (body.rows.length < 2) continue;
  const valueOf = (row, column) => {
    const { dataset, textContent } = row.cells[column];
    if (dataset.value === undefined) return textContent.trim();
    return dataset.value === "" ? undefined : Number(dataset.value);
  };
  const compare = (one, other) =>
    typeof one === "string" ? one.localeCompare(other, undefined, { numeric: true }) : one - other;
  const sort = (column, sign) => {
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column) }));
    rows.sort((a, b) => {
      if (a.value === undefined || b.value === undefined) return (a.value === undefined) - (b.value === undefined);
      return sign * compare(a.value, b.value);
    });
    body.append(...rows.map(({ row }) => row));
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isText = head.scope === "col" && !head.classList.contains("number");
      const first = isText ? "ascending" : "descending";
      const second = isText ? "descending" : "ascending";
      const order = head.getAttribute("aria-sort") === first ? second : first;
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      sort(column, order === "ascending" ? 1 : -1);
    });
  });
}
`;
