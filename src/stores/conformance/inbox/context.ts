import type { Concern } from "../register.js";
import type { CheckedInbox } from "./checked-inbox.js";

/** The options without which some concerns of an inbox cannot be tested. */
export type InboxNeed = "openAnother" | "completeElsewhere" | "breakBackend";

/** What the tests of an inbox work with. */
export interface InboxContext {
  /** Fresh and empty. */
  readonly inbox: CheckedInbox;
  /** Opens another inbox on the same data. */
  readonly openAnother: () => Promise<CheckedInbox>;
  /** In another process, which then ends: claims and completes an event, and begins and completes a reply. */
  readonly completeElsewhere: (key: string, sentMessageId: string) => Promise<void>;
  /** Makes the backend fail from now on. */
  readonly breakBackend: () => Promise<void>;
  /** Disposes of the inbox itself, where it can be disposed of. */
  readonly disposeNow: () => Promise<void>;
}

/** One thing that is demanded of an inbox. */
export type InboxConcern = Concern<InboxContext, InboxNeed>;
