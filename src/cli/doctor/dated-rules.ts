import type { Finding } from "./finding.js";

const dayInMs = 86_400_000;

/** ACS SMS ends: https://aka.ms/acs-retirement-and-breaking-changes-guide */
const retirement = Date.UTC(2028, 8, 30);

/** The revoke-all rule, 47 CFR 64.1200(a)(10), is waived until then (FCC, DA 26-12). */
const revokeAllRule = Date.UTC(2027, 0, 31);

/** From when on the end of the waiver is near enough to speak of. */
const revokeAllNotice = Date.UTC(2026, 11, 1);

/** What changes on a date that is known today. */
export function datedRules(now: Date, revokeAll: boolean): Finding[] {
  return [retirementFinding(now), ...revokeAllFindings(now, revokeAll)];
}

function retirementFinding(now: Date): Finding {
  const check = "retirement";
  const days = Math.ceil((retirement - now.getTime()) / dayInMs);
  if (days <= 0) {
    return {
      check,
      status: "fail",
      message: "ACS SMS was switched off on 2028-09-30.",
      advice: "Your opt-outs go with you: acs-sms suppression export.",
    };
  }
  const message = `ACS SMS is switched off on 2028-09-30, in ${days} ${days === 1 ? "day" : "days"}.`;
  if (days > 365) return { check, status: "ok", message };
  return {
    check,
    status: "warn",
    message,
    advice: "Plan the move to another service; your opt-outs go with you.",
  };
}

function revokeAllFindings(now: Date, revokeAll: boolean): Finding[] {
  if (now.getTime() < revokeAllNotice) return [];
  const check = "revoke-all";
  if (revokeAll) return [{ check, status: "ok", message: "One STOP ends all senders (revokeAll)." }];
  const when = now.getTime() < revokeAllRule ? "From 2027-01-31 on" : "Since 2027-01-31";
  return [
    {
      check,
      status: "warn",
      message:
        `${when} one STOP ends all texts of the same caller in the US, also of unrelated programmes ` +
        "(47 CFR 64.1200(a)(10); the waiver of DA 26-12 ends that day).",
      advice:
        "If that concerns you, set `revokeAll: true` where you make the SuppressionList, and give --revoke-all here.",
    },
  ];
}
