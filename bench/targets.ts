import type { Target } from "./report.ts";

/* What is aimed at, by what is measured and of which variant. */

const ofOfficial = (atMost: number): Target => ({ of: "ratio", atMost });
const microseconds = (atMost: number): Target => ({ of: "value", atMost });

export const startTargets: Record<string, Record<string, Target>> = {
  "import and construct": { "acs-sms": ofOfficial(0.1) },
  "to first send done": { "acs-sms": ofOfficial(0.8), "acs-sms, bundled": ofOfficial(0.4) },
};

/** By recipients a request, then by variant; what is asked is asked at 50 in flight. */
export const cpuTargets: Record<number, Record<string, Target>> = {
  1: { "acs-sms": ofOfficial(0.6), "acs-sms/undici": ofOfficial(0.3) },
  100: { "acs-sms": ofOfficial(0.4), "acs-sms/undici": ofOfficial(0.27) },
};

/** By variant, at one recipient a request and 50 in flight. */
export const throughputTargets: Record<string, Target> = {
  "acs-sms/undici": { of: "ratio", atLeast: 3.5 },
};

export const microTargets: Record<string, Target> = {
  "sign a request": microseconds(4),
  "check a number for E.164": microseconds(0.1),
  "count the segments of 160 characters": microseconds(1),
  "check 100 recipients in memory": microseconds(100),
};

/** Of 100 recipients at once: SQLite by the clock, since it works in this process; servers by what they cost this one. */
export const storeTargets: Record<string, Partial<Record<string, Target>>> = {
  cpuInMicroseconds: {
    memory: microseconds(100),
    redis: microseconds(300),
    ioredis: microseconds(300),
    postgres: microseconds(300),
  },
  wallInMicroseconds: { sqlite: microseconds(200) },
};
