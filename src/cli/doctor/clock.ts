import type { Finding } from "./finding.js";

/**
 * Signatures carry our time. ACS documents no tolerance; other services of Azure that sign alike take 15 minutes, of
 * which a third is no accident of the network.
 */
const noticedInSeconds = 300;
const toleratedInSeconds = 900;

/** What the time of an answer says of our clock; nothing where there was no answer, or it had no time. */
export function clockFinding(date: string | undefined, nowInMs: number): Finding[] {
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return [];
  // A header has no parts of a second.
  const seconds = Math.trunc((nowInMs - theirs) / 1000);
  const check = "clock";
  const apart = Math.abs(seconds);
  if (apart <= noticedInSeconds) {
    return [{ check, status: "ok", message: `This clock and the service's are ${apart} s apart.` }];
  }
  const side = seconds > 0 ? "ahead of" : "behind";
  return [
    {
      check,
      status: apart <= toleratedInSeconds ? "warn" : "fail",
      message: `This clock is ${apart} s ${side} the service's. A signature holds the time, and is refused where that is off.`,
      advice: "Have the machine's time set from the network (NTP).",
    },
  ];
}
