import type { MessageSize } from "./segments.js";

/** A message that the service has accepted. */
export interface Outgoing extends MessageSize {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly message: string;
  readonly acceptedAt: Date;
  readonly wantsReport: boolean;
  /** After so long without a report, one says so. */
  readonly reportTimeoutInMs: number;
  readonly tag?: string;
}
