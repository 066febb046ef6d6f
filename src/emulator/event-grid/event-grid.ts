import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../clock.js";
import type { Journal } from "../journal/journal.js";
import { randomFrom } from "../random.js";
import type { SmsEvent } from "./event-bodies.js";
import type { EventSettings } from "./event-options.js";
import { readFaults } from "./fault-rules.js";
import type { FaultRules } from "./faults.js";
import type { Office } from "./office.js";
import { Pending } from "./pending.js";
import type { DeadLetter, EventDelivery } from "./records.js";
import { Subscription } from "./subscription.js";
import { readWebhook } from "./read-webhook.js";
import type { EmulatorWebhook, Target } from "./webhook.js";

/** The emulated Event Grid: the webhooks, and what goes to them. */
export class EventGrid {
  readonly #office: Office;
  readonly #faultsChanged: () => void;
  readonly #subscriptions = new Map<string, { subscription: Subscription; token: string }>();
  #endpoint = "";
  #added = 0;
  #isClosed = false;

  constructor(settings: EventSettings, clock: Clock, journal: Journal, faultsChanged: () => void) {
    this.#faultsChanged = faultsChanged;
    this.#office = {
      settings,
      clock,
      journal,
      pending: new Pending(),
      deliveries: [],
      deadLetters: [],
      faults: settings.faults,
    };
  }

  /** Begins with the webhooks that were there from the start; `endpoint` is where validation URLs lead. */
  start(endpoint: string, targets: readonly Target[]): void {
    this.#endpoint = endpoint;
    for (const target of targets) void this.#subscribe(target).handshake;
  }

  /** Publishes an event; it is not even made when nobody would get it. */
  publish(make: (publishedAt: Date, settings: EventSettings) => SmsEvent): void {
    if (this.#subscriptions.size === 0 || this.#isClosed) return;
    const event = make(this.#office.clock.now(), this.#office.settings);
    for (const { subscription } of this.#subscriptions.values()) subscription.receive(event);
  }

  /** Something is under way that may end in an event: nothing is settled before the function that this returns is called. */
  expect(): () => void {
    return this.#office.pending.begin();
  }

  /** Adds a webhook; its handshake is under way when this returns. */
  add(given: unknown, name: string): { webhook: EmulatorWebhook; validated: Promise<EmulatorWebhook> } {
    const target = readWebhook(given, name);
    if (this.#isClosed) throw new Error("Expected the emulator to be running, got a closed one");
    const { subscription, handshake } = this.#subscribe(target);
    const validated = handshake.then(() => subscription.describe());
    return { webhook: subscription.describe(), validated };
  }

  /** Whether there was one to remove. */
  remove(id: string): boolean {
    this.#subscriptions.get(id)?.subscription.end();
    const wasThere = this.#subscriptions.delete(id);
    if (wasThere) this.#tell();
    return wasThere;
  }

  list(): readonly EmulatorWebhook[] {
    return [...this.#subscriptions.values()].map(({ subscription }) => subscription.describe());
  }

  /** The webhooks as they were asked for, with what `list` does not show. */
  targets(): readonly Target[] {
    return [...this.#subscriptions.values()].map(({ subscription }) => subscription.target);
  }

  find(id: string): EmulatorWebhook | undefined {
    return this.#subscriptions.get(id)?.subscription.describe();
  }

  /** Somebody has opened a validation URL; whether it was the right one, and in time. */
  confirm(id: string, token: string): "validated" | "expired" | "unknown" {
    const found = this.#subscriptions.get(id);
    if (found === undefined || found.token !== token) return "unknown";
    return found.subscription.confirm() ? "validated" : "expired";
  }

  deliveries(): readonly EventDelivery[] {
    return [...this.#office.deliveries];
  }

  deadLetters(): readonly DeadLetter[] {
    return [...this.#office.deadLetters];
  }

  get faults(): FaultRules {
    return this.#office.faults;
  }

  setFaults(faults: unknown): void {
    this.#office.faults = readFaults(faults);
    this.#faultsChanged();
  }

  /** Forgets the events that were, and those on their way. */
  clear(): void {
    for (const { subscription } of this.#subscriptions.values()) subscription.forget();
    this.#office.deliveries.length = 0;
    this.#office.deadLetters.length = 0;
  }

  settled(): Promise<void> {
    return this.#office.pending.settled();
  }

  /** Ends every delivery and handshake; what was under way counts as settled. */
  close(): void {
    this.#isClosed = true;
    for (const { subscription } of this.#subscriptions.values()) subscription.end();
    this.#office.pending.close();
  }

  #tell(): void {
    this.#office.journal.tell(() => ({ topic: "webhooks", value: this.list() }));
  }

  #subscribe(target: Target): { subscription: Subscription; handshake: Promise<void> } {
    const { settings, clock } = this.#office;
    const [id, code, token] = [randomUUID(), randomUUID(), randomBytes(32).toString("hex")];
    this.#added += 1;
    // Each webhook has numbers of its own, so that another one beside it changes nothing.
    const random = randomFrom(settings.seed + this.#added * 0x9e3779b9);
    const [name, changed] = [`WEBHOOK-${this.#added}`, () => this.#tell()];
    const subscription = new Subscription(id, name, target, this.#office, random, changed);
    this.#subscriptions.set(id, { subscription, token });
    this.#tell();
    const query = new URLSearchParams({
      id: code,
      t: clock.now().toISOString(),
      apiVersion: "2018-05-01-preview",
      token,
    });
    const url = `${this.#endpoint}/_emulator/eventsubscriptions/${id}/validate?${query.toString()}`;
    return { subscription, handshake: subscription.validate({ id: randomUUID(), code, url }) };
  }
}
