import type { Tone } from "../parts/chip.js";
import type { IconName } from "../parts/icon.js";
import type { Request } from "../records.js";

interface Verdict {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
  readonly meaning: string;
}

/** What the emulator thought of an `Authorization`, in words. */
export const verdicts: Readonly<Record<Request["signature"], Verdict>> = {
  valid: { tone: "good", icon: "check", word: "Signed", meaning: "Signed with one of the access keys." },
  bearer: {
    tone: "good",
    icon: "check",
    word: "Token",
    meaning: "A bearer token, which was taken without looking into it.",
  },
  missing: {
    tone: "bad",
    icon: "cross",
    word: "Unsigned",
    meaning: "There was no Authorization, or one of another scheme.",
  },
  malformed: {
    tone: "bad",
    icon: "cross",
    word: "Malformed",
    meaning: "HMAC-SHA256, but not in the documented form.",
  },
  "wrong-content-hash": {
    tone: "bad",
    icon: "cross",
    word: "Wrong hash",
    meaning: "x-ms-content-sha256 is not the hash of the body.",
  },
  "wrong-signature": {
    tone: "bad",
    icon: "cross",
    word: "Wrong signature",
    meaning: "Signed with another key, or over something else than what arrived.",
  },
  "stale-date": {
    tone: "bad",
    icon: "clock",
    word: "Stale date",
    meaning: "Well signed, but its date is too far from the service's clock.",
  },
  unchecked: {
    tone: "quiet",
    icon: "dash",
    word: "Unchecked",
    meaning: "Nothing is served there, or a fault came first, so nobody looked.",
  },
};
