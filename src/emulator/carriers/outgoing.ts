/** A message that the service has accepted. */
export interface Outgoing {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly message: string;
  readonly segments: number;
  readonly wantsReport: boolean;
  /** After so long without a report, one says so. */
  readonly reportTimeoutInMs: number;
  readonly tag?: string;
}
