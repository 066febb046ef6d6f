import type { BatchPosition, ClaimedBatch } from "../journal/campaign-journal.js";

/** A batch in our hands, to be delivered. */
export type ReadyBatch = ClaimedBatch & BatchPosition;
