/** A message between a sender of the resource and a phone, in either direction, and what became of it. */
export interface EmulatorMessage {
  /** The service's message id; a notice, which has none, gets one that begins with `Notice_`. */
  readonly id: string;
  /** `outbound`: sent through the service. `inbound`: typed on the phone. `notice`: what the carrier or ACS answers to a word. */
  readonly kind: "outbound" | "inbound" | "notice";
  /** The resource's side: a number, a short code or an alphanumeric id. */
  readonly sender: string;
  /** The person's side, E.164. */
  readonly phone: string;
  readonly message: string;
  readonly encoding: "GSM-7" | "UCS-2";
  /** Septets with GSM-7, UTF-16 units with UCS-2. */
  readonly units: number;
  readonly segments: number;
  /** When the service took it, or the phone sent it. */
  readonly at: Date;
  /**
   * What became of it, whether or not a report was asked for. `blocked`: an opt-out stopped it. What a phone sends is
   * `delivered` at once.
   */
  readonly state: "under-way" | "delivered" | "failed" | "blocked";
  /** Whether the phone shows it. */
  readonly isShown: boolean;
  /** When it ended, of an outbound one that has: with its last attempt, or where something stopped it. */
  readonly endedAt?: Date;
  /** `deliveryStatusDetails`, once it has ended. */
  readonly details?: string;
  readonly tag?: string;
}
