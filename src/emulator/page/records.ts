import type { LiveState } from "../journal/changes.js";
import type { EmulatorMessage } from "../journal/emulator-message.js";
import type { DeliveryDetails, OptOutState, RequestDetails } from "../journal/records.js";
import type { Json } from "../journal/json.js";

/** A message as it arrives here. */
export type Message = Json<EmulatorMessage>;

/** A request as it arrives here. */
export type Request = Json<RequestDetails>;

/** An attempt to deliver an event as it arrives here. */
export type Delivery = Json<DeliveryDetails>;

/** An event that was given up, as it arrives here. */
export type DeadLetter = Json<LiveState["deadLetters"][number]>;

/** Whether an opt-out stands between a sender and a phone. */
export type OptOut = Json<OptOutState>;

/** A webhook as it arrives here. */
export type Webhook = Json<LiveState["webhooks"][number]>;

/** A sender as it arrives here. */
export type Sender = Json<LiveState["senders"][number]>;
