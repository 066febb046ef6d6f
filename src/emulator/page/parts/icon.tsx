/** The drawings, on a square of 16 with lines of 1.5. */
const paths = {
  ban: "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM3.6 3.6l8.8 8.8",
  bubble: "M2.5 3.5h11v7.5H8l-3 2.5V11H2.5z",
  chart: "M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6",
  check: "m3 8.5 3.2 3.2L13 4.8",
  chevron: "m6 3.5 4.5 4.5L6 12.5",
  clock: "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM8 4.5V8l2.3 1.6",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  cross: "m4 4 8 8m0-8-8 8",
  dash: "M4 8h8",
  document: "M4 1.75h5.5L12.5 5v9.25H4zM9.5 1.75V5h3M6.5 8h3.5M6.5 11h3.5",
  help: "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM6.2 6.3C6.3 5.2 7 4.7 8 4.7s1.9.6 1.9 1.6c0 1.3-1.9 1.4-1.9 2.7m0 2.2v.1",
  left: "M10 3.5 5.5 8l4.5 4.5",
  moon: "M13 9.6A5.5 5.5 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6Z",
  pause: "M5.5 3.5v9m5-9v9",
  play: "M5 3.5v9L12 8z",
  plus: "M8 3v10M3 8h10",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.2 7.7 3.3 3.3",
  send: "M2.5 8 13.5 2.8 10.3 13.2 7.6 9zM7.6 9l5.9-6.2",
  sun: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1.3m0 10.4v1.3M1.5 8h1.3m10.4 0h1.3M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9",
  system: "M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3",
  warning: "M8 2.3 14.3 13H1.7zM8 6.5v3m0 1.7v.1",
} as const;

/** What there is a drawing of. */
export type IconName = keyof typeof paths;

/** A drawing beside words, which say the same: screen readers skip it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
