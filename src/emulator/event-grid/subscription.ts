import { deliver } from "./delivery.js";
import { inSchema, type SmsEvent } from "./event-bodies.js";
import { drawFate } from "./faults.js";
import { shakeHands, type Verdict } from "./handshake.js";
import { afterWaiting, type Addressee, type Office } from "./office.js";
import { Outbox, type Letter, type Parcel } from "./outbox.js";
import { Reordering } from "./reordering.js";
import type { Validation } from "./requests.js";
import type { EmulatorWebhook, Target, WebhookState } from "./webhook.js";

/** How long an event waits to be overtaken. */
const longestHoldInMs = 1000;

/** A webhook with the events that are on their way to it. */
export class Subscription implements Addressee {
  readonly id: string;
  readonly name: string;
  readonly target: Target;
  readonly #office: Office;
  readonly #random: () => number;
  readonly #changed: () => void;
  readonly #ending = new AbortController();
  readonly #onTheirWay = new Set<Letter>();
  readonly #outbox: Outbox;
  readonly #order = new Reordering<readonly Letter[]>((letters) => this.#post(letters));
  #state: WebhookState = "validating";
  #reason: string | undefined;

  constructor(
    id: string,
    name: string,
    target: Target,
    office: Office,
    random: () => number,
    changed: () => void,
  ) {
    this.id = id;
    this.name = name;
    this.target = target;
    this.#office = office;
    this.#random = random;
    this.#changed = changed;
    this.#outbox = new Outbox(office.settings, (parcel) => this.#deliver(parcel));
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** The webhook as callers see it. */
  describe(): EmulatorWebhook {
    const { url, schema, eventTypes } = this.target;
    const { origin, pathname } = new URL(url);
    const reason = this.#reason === undefined ? {} : { reason: this.#reason };
    return {
      id: this.id,
      name: this.name,
      url: origin + pathname,
      schema,
      eventTypes,
      state: this.#state,
      ...reason,
    };
  }

  /** Shakes hands. Resolves when the webhook has answered, or will not. */
  async validate(validation: Validation): Promise<void> {
    const done = this.#office.pending.begin();
    this.#conclude(await shakeHands(this, validation, this.#office));
    done();
  }

  /**
   * Somebody has opened the validation URL. [INFER] That may also be done before the handshake's request is answered.
   *
   * @returns Whether the webhook is validated now.
   */
  confirm(): boolean {
    this.#conclude({ state: "validated" });
    return this.#state === "validated";
  }

  /** Takes an event to deliver, if the webhook wants its type. */
  receive(event: SmsEvent): void {
    if (this.#state === "failed" || !this.target.eventTypes.includes(event.type)) return;
    const { faults } = this.#office;
    const { isLost, isTwice, isHeldBack } = drawFate(faults, this.#random);
    if (isLost) return;
    const letters = Array.from({ length: isTwice ? 2 : 1 }, () => this.#write(event));
    afterWaiting(faults.delayInMs, this.#office, () => this.#lineUp(letters, isHeldBack));
  }

  /** Breaks off what is under way, and forgets the rest. */
  end(): void {
    this.#ending.abort();
    this.forget();
  }

  /** Forgets the events on their way. */
  forget(): void {
    this.#outbox.empty();
    this.#order.empty();
    for (const letter of this.#onTheirWay) letter.done();
  }

  expects(letter: Letter): boolean {
    return this.#onTheirWay.has(letter);
  }

  #write(event: SmsEvent): Letter {
    const { settings, pending } = this.#office;
    const arrived = pending.begin();
    const letter: Letter = {
      event,
      json: JSON.stringify(inSchema(event, this.target.schema, settings.topic)),
      done: () => {
        this.#onTheirWay.delete(letter);
        arrived();
      },
    };
    this.#onTheirWay.add(letter);
    return letter;
  }

  #lineUp(letters: readonly Letter[], isHeldBack: boolean): void {
    if (this.#areForgotten(letters) || !this.#order.take(letters, isHeldBack)) return;
    afterWaiting(longestHoldInMs, this.#office, () => this.#order.release(letters));
  }

  #post(letters: readonly Letter[]): void {
    for (const letter of letters) this.#put({ letters: [letter], attempts: 0 });
  }

  async #deliver(parcel: Parcel): Promise<void> {
    const retry = await deliver(parcel, this, this.#office);
    if (retry !== undefined) afterWaiting(retry.delayInMs, this.#office, () => this.#put(retry.parcel));
  }

  #put(parcel: Parcel): void {
    if (!this.#areForgotten(parcel.letters)) this.#outbox.put(parcel);
  }

  /** What was forgotten meanwhile goes no further, and nothing overtakes it. */
  #areForgotten(letters: readonly Letter[]): boolean {
    return !letters.some((letter) => this.expects(letter));
  }

  /** A verdict of a webhook that has been validated or has failed changes nothing. */
  #conclude(verdict: Verdict): void {
    if (this.#state === "validated" || this.#state === "failed") return;
    this.#state = verdict.state;
    this.#reason = verdict.state === "validated" ? undefined : verdict.reason;
    this.#changed();
    if (verdict.state === "validated") this.#outbox.open();
    if (verdict.state === "failed") this.forget();
    if (verdict.state === "awaiting-manual-action") this.#awaitAction();
  }

  #awaitAction(): void {
    const windowInMs = this.#office.settings.manualValidationWindowInMs;
    const reason = `the validation URL was not opened within ${windowInMs} ms`;
    this.#office.clock.later(windowInMs, () => this.#conclude({ state: "failed", reason }));
  }
}
