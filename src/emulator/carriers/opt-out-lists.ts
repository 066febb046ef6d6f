import type { OptOutState } from "../journal/records.js";
import { Pairs } from "./pairs.js";

/** Who opted out of which sender's messages. */
export class OptOutLists {
  /** What the carriers block, which no request can change. */
  readonly carrier: Pairs;
  /** The service's own list, which `optouts:*` reads and changes. */
  readonly service: Pairs;

  constructor(changed: (state: OptOutState) => void) {
    const tell = (sender: string, phone: string): void => changed(this.stateOf(sender, phone));
    this.carrier = new Pairs(tell);
    this.service = new Pairs(tell);
  }

  stateOf(sender: string, phone: string): OptOutState {
    const isBlockedByCarrier = this.carrier.has(sender, phone);
    return { sender, phone, isBlockedByCarrier, isInServiceList: this.service.has(sender, phone) };
  }

  /** The pairs that are in one of the lists. */
  states(): readonly OptOutState[] {
    const onlyService = this.service.list().filter(([sender, phone]) => !this.carrier.has(sender, phone));
    return [...this.carrier.list(), ...onlyService].map(([sender, phone]) => this.stateOf(sender, phone));
  }

  clear(): void {
    this.carrier.clear();
    this.service.clear();
  }
}
