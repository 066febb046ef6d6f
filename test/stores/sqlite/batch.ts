import type { SuppressionEntry } from "acs-sms";

const noon = Date.parse("2026-03-02T12:00:00Z");

/** The facts that are recorded at once: large enough for a process to die in the middle. */
export function batch(number: number): SuppressionEntry[] {
  return Array.from({ length: 100 }, (_, index) => ({
    sender: "+18005551234",
    recipient: `+1425${1_000_000 + ((index * 7919 + number) % 1000)}`,
    state: "opted-out",
    at: new Date(noon + number),
    recordedAt: new Date(noon + number),
    source: "keyword",
  }));
}
