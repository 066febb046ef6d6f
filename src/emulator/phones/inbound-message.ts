/** A message that a phone sent to one of the senders. */
export interface InboundMessage {
  readonly messageId: string;
  /** The phone, E.164. */
  readonly from: string;
  /** The sender that was texted. */
  readonly to: string;
  readonly message: string;
  readonly receivedAt: Date;
}
