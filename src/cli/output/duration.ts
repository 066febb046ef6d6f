const units = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** `45 s`, `3 min`, `2 h 5 min`, `1 d 3 h`: as exactly as people want to know. */
export function duration(inMs: number): string {
  const seconds = Math.max(0, Math.round(inMs / 1000));
  // Up to a minute and a half seconds count, and further on whole minutes do.
  const shown = seconds < 90 ? seconds : Math.round(seconds / 60) * 60;
  if (seconds < 90) return `${shown} s`;
  const first = units.findIndex(([, size]) => shown >= size);
  const pair = units.slice(first, Math.min(first + 2, units.length - 1));
  let rest = shown;
  const parts = pair.map(([unit, size]) => {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    return whole === 0 ? "" : `${whole} ${unit}`;
  });
  return parts.filter((part) => part !== "").join(" ");
}
