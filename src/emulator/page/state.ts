import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Change, LiveState } from "../journal/changes.js";
import { addedPhones } from "./added-phones.js";
import { arrivals } from "./conversations.js";
import type { Json } from "../journal/json.js";
import { applyChanges, emptyModel, modelOf, withPhones, type Model } from "./model.js";
import { forgetUnread, noteUnread } from "./unread.js";

const model = signal<Model>(emptyModel);

/** Whether the emulator has said how things stand. */
export const isKnown: ReadonlySignal<boolean> = computed(() => model.value !== emptyModel);

/** The address of the emulated service. */
export const endpoint = part("endpoint");

/** What a client takes to reach it. */
export const connectionString = part("connectionString");

/** The senders of the resource. */
export const senders = part("senders");

/** The webhooks, and how far their handshakes are. */
export const webhooks = part("webhooks");

/** What is in force of faults. */
export const faults = part("faults");

/** The emulator's time, as it was when it was last told. */
export const clock = part("clock");

/** The phones with their conversations. */
export const phones = part("phones");

/** The opt-outs, by `pairKey`. */
export const optOuts = part("optOuts");

/** The newest requests, oldest first. */
export const requests = part("requests");

/** The newest attempts to deliver events, oldest first. */
export const deliveries = part("deliveries");

/** The newest events that were given up, oldest first. */
export const deadLetters = part("deadLetters");

/** Replaces all that was known. */
export function meet(state: Json<LiveState>): void {
  batch(() => {
    model.value = modelOf(state, addedPhones());
    forgetUnread((phone) => !model.value.phones.has(phone));
  });
}

/** Takes in what happened, in one step, so that the page draws once. */
export function follow(changes: readonly Json<Change>[]): void {
  const messages = changes.flatMap((change) => (change.topic === "message" ? [change.value] : []));
  batch(() => {
    noteUnread(arrivals(model.value.phones, messages));
    model.value = applyChanges(model.value, changes);
  });
}

/** Shows a phone that has no messages yet. */
export function showPhone(number: string): void {
  model.value = { ...model.value, phones: withPhones(model.value.phones, [number]) };
}

/** A part tells only those who look at it, and only when it is another. */
function part<K extends keyof Model>(key: K): ReadonlySignal<Model[K]> {
  return computed(() => model.value[key]);
}
