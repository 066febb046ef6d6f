/**
 * How long an inbox keeps what is done, and replies, in milliseconds. Event Grid tries for 24 hours; twice that covers
 * clocks and queues.
 */
export const retentionInMs: number = 48 * 3_600_000;

/** What an inbox says to one who wants to work on an event. */
export type EventClaim =
  | { readonly state: "claimed"; /** To be shown when the work is over. */ readonly token: string }
  /** It was completed before. */
  | { readonly state: "done" }
  /** Somebody else is at work on it, and their lease has not run out. */
  | { readonly state: "busy" };

/** What is known of a reply. */
export interface ReplyRecord {
  /** When it was begun first; a repeat is sent under the identity of that time. */
  readonly beganAt: Date;
  /** The id of the message that was sent; absent while nothing is known of it. */
  readonly sentMessageId?: string;
  /** Whether this call began it. */
  readonly isNew: boolean;
}

/**
 * What was done already, so that an event that is delivered again, hours later or at two machines at once, is handled
 * once and answered once. Event Grid delivers at least once, for up to 24 hours. A method that cannot answer rejects.
 */
export interface EventInbox {
  /** Claims an event, for as long as the lease runs: a worker that died leaves it to others after that. Atomic. */
  claim(key: string, leaseInMs: number): Promise<EventClaim>;
  /**
   * Notes that the work on an event is done. Kept for longer than events are delivered. Work that was done counts as
   * done, also by one whose lease had run out meanwhile.
   */
  complete(key: string, token: string): Promise<void>;
  /** Gives an event back after a failure, if the claim is still the caller's and the event is not done. */
  release(key: string, token: string): Promise<void>;
  /** Notes that a reply is about to be sent, or tells what is known of it. Atomic: one of many begins it. */
  beginReply(key: string, at: Date): Promise<ReplyRecord>;
  /** Notes that a reply was taken by the service. */
  completeReply(key: string, sentMessageId: string): Promise<void>;
  /**
   * Forgets a reply that certainly was not sent, so that it can be begun anew. One that was completed stays: of two at
   * work on one reply, one may have sent it and the other been refused.
   */
  cancelReply(key: string): Promise<void>;
}
