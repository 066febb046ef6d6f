import { claims } from "./claims.js";
import { concurrency, concurrencyOfTwo } from "./concurrency.js";
import type { InboxConcern } from "./context.js";
import { disposal } from "./disposal.js";
import { durability, sharing } from "./durability.js";
import { failure } from "./failure.js";
import { leases } from "./leases.js";
import { oddity } from "./odd-keys.js";
import { replies } from "./replies.js";

/** All that is demanded of an inbox. */
export const inboxConcerns: readonly InboxConcern[] = [
  claims,
  leases,
  replies,
  concurrency,
  concurrencyOfTwo,
  sharing,
  durability,
  oddity,
  failure,
  disposal,
];
