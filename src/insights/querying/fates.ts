/** What became of a message; each has one. */
export const fates = [
  "rejected",
  "suppressed",
  "invalid",
  "unknown",
  "unsent",
  "delivered",
  "failed",
  "blocked",
  "unconfirmed",
  "pending",
  "overdue",
  "unreported",
] as const;

export type Fate = (typeof fates)[number];

/** Those of messages that the service took. */
export const acceptedFates: readonly Fate[] = [
  "delivered",
  "failed",
  "blocked",
  "unconfirmed",
  "pending",
  "overdue",
  "unreported",
];
