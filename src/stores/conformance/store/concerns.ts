import { abort, abortOfLedgers } from "./abort.js";
import { batches } from "./batches.js";
import { concurrency, concurrencyOfTwo } from "./concurrency.js";
import type { StoreConcern } from "./context.js";
import { copies, copiesOfLedgers } from "./copies.js";
import { disposal } from "./disposal.js";
import { durability, sharing } from "./durability.js";
import { failure, failureOfLedgers } from "./failure.js";
import { history } from "./history.js";
import { oddity, oddityOfLedgers } from "./odd-keys.js";
import { order } from "./order.js";
import { paging } from "./paging.js";
import { reading } from "./reading.js";
import { repetition } from "./repetition.js";
import { ties } from "./ties.js";

/** All that is demanded of a store. */
export const storeConcerns: readonly StoreConcern[] = [
  reading,
  batches,
  order,
  ties,
  repetition,
  concurrency,
  concurrencyOfTwo,
  sharing,
  durability,
  history,
  paging,
  oddity,
  oddityOfLedgers,
  failure,
  failureOfLedgers,
  abort,
  abortOfLedgers,
  copies,
  copiesOfLedgers,
  disposal,
];
