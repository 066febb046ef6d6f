/** Colours in pairs for light and dark. Text on each ground has a contrast of 4.5 at least, and what is drawn of 3. */
const tokens = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f4f7, #121418);
  --surface: light-dark(#ffffff, #1a1d23);
  --line: light-dark(#e1e4ea, #2d323c);
  --text: light-dark(#181b20, #e6e8ec);
  --quiet: light-dark(#565e6c, #a0a8b6);
  --accent: light-dark(#3454d1, #9db1ff);
  --good: light-dark(#17703f, #6fcf97);
  --bad: light-dark(#b3232f, #ff9a94);
  --few-ground: light-dark(#fdf1d8, #3b2c0f);
  --few: light-dark(#855000, #f0bd5b);
  --arrived: light-dark(#3c62d8, #7c9cff);
  --lost: light-dark(#d2620a, #ffa657);
  --open: light-dark(#8a92a1, #6f7888);
  --shade: light-dark(rgb(20 30 60 / 16%), rgb(0 0 0 / 55%));
  --track: light-dark(#eef0f4, #262a32);
}
`;

const text = `
*, *::before, *::after { box-sizing: border-box; }
html {
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  font-variant-numeric: tabular-nums;
  background: var(--ground);
  color: var(--text);
  -webkit-text-size-adjust: 100%;
}
body { max-width: 1120px; margin: 0 auto; padding: 32px 20px 48px; }
h1, h2, h3, p, dl, dd, ul { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: 28px; line-height: 1.2; font-weight: 680; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 18px; line-height: 1.3; font-weight: 650; }
h3 { font-size: 14px; font-weight: 600; }
header { margin-bottom: 24px; }
.range { margin-top: 6px; font-size: 16px; }
.quiet, .about { color: var(--quiet); }
.about { font-size: 13.5px; }
.hidden {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.few {
  padding: 1px 6px; border-radius: 9px; background: var(--few-ground); color: var(--few);
  font-size: 12px; font-weight: 400; letter-spacing: 0; white-space: nowrap; vertical-align: middle;
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

const parts = `
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; }
section:not([aria-labelledby="headline"]) {
  padding: 20px 24px 24px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface);
}
section > h2 + * { margin-top: 12px; }
section > h2 + .about { margin-top: 2px; }
section > .about + * { margin-top: 14px; }
.cards { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 16px; }
.card { padding: 18px 24px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); container-type: inline-size; }
.card h3 { color: var(--quiet); }
.figure { margin: 2px 0; font-size: clamp(18px, 9.8cqi, 32px); overflow-wrap: anywhere; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; }
.detail { text-wrap: balance; font-size: 13.5px; color: var(--quiet); }
.change { margin-top: 8px; font-size: 13.5px; }
.change.good { color: var(--good); }
.change.bad { color: var(--bad); }
.change span { font-size: 10px; vertical-align: 1px; }
.halves { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 32px; }
.halves + h3 { margin-top: 28px; }
.halves table { margin-top: 8px; }
dl { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px 32px; font-size: 13.5px; }
p + dl { margin-top: 12px; }
dt { font-weight: 600; }
dd { color: var(--quiet); }
`;

const charts = `
.chart { display: block; width: 100%; height: auto; overflow: visible; }
.chart.narrow { display: none; }
.chart + h3 { margin-top: 20px; }
.legend + .chart, .about + .chart { margin-top: 10px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 13.5px; color: var(--quiet); }
.swatch { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 2px; }
.swatch.arrived { background: var(--arrived); }
.swatch.lost { background: var(--lost); }
.swatch.open { background: var(--open); }
.tick, .unit { font-size: 12px; fill: var(--quiet); }
.grid { stroke: var(--line); }
.base { stroke: var(--quiet); }
rect.arrived { fill: var(--arrived); }
rect.lost { fill: var(--lost); }
rect.open, rect.plain { fill: var(--open); }
rect.track { fill: var(--track); }
.line { fill: none; stroke: var(--lost); stroke-width: 2; stroke-linejoin: round; }
.dot { fill: var(--lost); stroke: var(--lost); stroke-width: 1.5; }
.dot.small { fill: var(--surface); }
.bar { display: block; width: 100%; height: 6px; margin-top: 5px; border-radius: 2px; }
details { margin-top: 16px; font-size: 13.5px; }
summary { width: fit-content; color: var(--accent); cursor: pointer; }
details .scroll { max-height: 420px; margin-top: 8px; }
`;

const tables = `
table { width: 100%; border-collapse: collapse; font-size: 13.5px; }
th, td { padding: 8px 16px 8px 0; text-align: left; vertical-align: top; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { padding-top: 0; color: var(--quiet); font-size: 12.5px; font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 600; overflow-wrap: anywhere; }
tbody tr, tfoot tr { border-top: 1px solid var(--line); }
tfoot th, tfoot td { font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
.shares th:first-child { width: 124px; }
.shares .number { width: 96px; }
.shares .share { width: 190px; }
.shares .share, .campaigns td:nth-child(n + 3) { padding-left: 16px; }
.campaigns th:nth-child(n + 3) { padding-left: 16px; }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 24px; }
.quantiles th { width: 50%; font-weight: 400; }
.campaigns th:first-child { width: 26%; }
.campaigns th:nth-child(n + 3) { width: 29%; }
.label { display: none; }
.scroll {
  overflow: auto;
  background:
    linear-gradient(to right, var(--surface) 40%, transparent) left / 48px 100% no-repeat local,
    linear-gradient(to left, var(--surface) 40%, transparent) right / 48px 100% no-repeat local,
    linear-gradient(to right, var(--shade), transparent) left / 16px 100% no-repeat scroll,
    linear-gradient(to left, var(--shade), transparent) right / 16px 100% no-repeat scroll;
}
.all { font-size: 13px; }
.all .few { display: block; padding: 0; background: none; white-space: normal; }
.all th, .all td, details th, details td { padding: 7px 0 7px 14px; }
.all th:first-child, details th:first-child { padding-left: 0; }
.all thead th { vertical-align: bottom; white-space: normal; }
.all tbody th { min-width: 132px; }
.all button {
  padding: 0; border: 0; border-radius: 2px; background: none; color: inherit; font: inherit; text-align: inherit;
  cursor: pointer;
}
.all button:hover { color: var(--accent); text-decoration: underline; }
.all [aria-sort] button { color: var(--text); }
.all [aria-sort="ascending"] button::after { content: " ▲"; font-size: 9px; }
.all [aria-sort="descending"] button::after { content: " ▼"; font-size: 9px; }
`;

const narrow = `
@media (max-width: 860px) {
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .two { grid-template-columns: minmax(0, 1fr); }
  .chart.wide .tick, .chart.wide .unit { font-size: 15px; }
  .shares .share { width: 130px; }
}
@media (max-width: 640px) {
  body { padding: 20px 12px 32px; }
  h1 { font-size: 24px; }
  section:not([aria-labelledby="headline"]) { padding: 16px; }
  .cards { gap: 10px; }
  .card { padding: 12px 16px; }
  .halves, dl { grid-template-columns: minmax(0, 1fr); gap: 20px; }
  dl { gap: 12px; }
  .chart.wide { display: none; }
  .chart.narrow { display: block; }
  .shares thead, .campaigns thead {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  }
  .shares, .campaigns, .shares tbody, .campaigns tbody { display: block; }
  .shares tr { display: grid; grid-template: "name count share" "text text text" / minmax(0, 1fr) auto 84px; }
  .campaigns tr { display: grid; grid-template: "name count" "left right" / minmax(0, 1fr) minmax(0, 1fr); }
  .shares tr, .campaigns tr { gap: 4px 14px; padding: 10px 0; }
  .shares tr > *, .campaigns tr > * { width: auto !important; padding: 0 !important; }
  .shares td:nth-child(2) { grid-area: text; }
  .shares .number { grid-area: count; }
  .shares .share { grid-area: share; text-align: right; }
  .campaigns .number { color: var(--quiet); }
  .label { display: inline; color: var(--quiet); }
  .campaigns td:nth-child(n + 3) .label { display: block; }
  th, td { padding-right: 10px; }
}
@media (max-width: 480px) {
  .cards { grid-template-columns: minmax(0, 1fr); }
}
`;

/** Paper is light, has no window to scroll in, and an A4 page is 182 mm wide between its margins. */
const print = `
@page { size: A4; margin: 14mm; }
@media print {
  :root { color-scheme: light; --ground: #ffffff; }
  html { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; }
  header { margin-bottom: 12pt; }
  h1 { font-size: 19pt; }
  h2 { font-size: 12.5pt; }
  h3 { font-size: 9.5pt; }
  .range { font-size: 10.5pt; }
  main { display: block; }
  main > section { margin-bottom: 12pt; }
  section:not([aria-labelledby="headline"]) { padding: 0; border: 0; }
  .cards { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8pt; }
  .card { padding: 8pt 10pt; }
  header .quiet, .detail, .change, .about, .legend, table, thead th, dl { font-size: 8.5pt; }
  th, td { padding: 4pt 8pt 4pt 0; }
  .shares th:first-child { width: 80pt; }
  .shares .number { width: 52pt; }
  .shares .share { width: 100pt; }
  h2, h3 { break-after: avoid; }
  .card, tr, .chart, .halves > div, dl > div { break-inside: avoid; }
  thead { display: table-header-group; }
  .chart.wide { display: block; }
  .chart.narrow, details { display: none; }
  .two { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .halves, dl { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12pt 20pt; }
  .scroll { overflow: visible; background: none; }
  .all { font-size: 7pt; }
  .all th, .all td { padding: 3pt 0 3pt 4pt; }
  .all thead th { font-size: 7pt; }
  .all tbody th { min-width: 62pt; }
  .few { padding: 0 3pt; font-size: inherit; }
  .figure .few { font-size: 8.5pt; }
}
`;

/** The look of the report. */
export const styles: string = [tokens, text, parts, charts, tables, narrow, print].join("");
