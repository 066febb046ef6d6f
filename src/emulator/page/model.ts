import type { Change, LiveState } from "../journal/changes.js";
import { withMessages, type Phones } from "./conversations.js";
import type { Json } from "../journal/json.js";
import type { DeadLetter, Delivery, Message, OptOut, Request } from "./records.js";

/** All that the page knows of the emulator. Never changed: what is new is a new model, which shares what stayed. */
export interface Model extends Omit<Json<LiveState>, "messages" | "optOuts"> {
  readonly phones: Phones;
  /** By `pairKey`. */
  readonly optOuts: ReadonlyMap<string, OptOut>;
}

/** How many requests, attempts and dead letters the page keeps. */
export const logLimit = 1000;

/** What is known before the emulator has said anything. */
export const emptyModel: Model = {
  endpoint: "",
  connectionString: "",
  senders: [],
  webhooks: [],
  faults: { requests: {}, events: {} },
  clock: { now: new Date(0).toISOString(), speed: 1 },
  phones: new Map(),
  optOuts: new Map(),
  requests: [],
  deliveries: [],
  deadLetters: [],
};

/** What names a conversation: neither a sender nor a number has a line break. */
export function pairKey({ sender, phone }: { readonly sender: string; readonly phone: string }): string {
  return `${phone}\n${sender}`;
}

/** The model of an emulator that was just met; `added` are phones that nobody texted yet, but somebody wants to see. */
export function modelOf({ messages, optOuts, ...rest }: Json<LiveState>, added: readonly string[]): Model {
  return {
    ...rest,
    phones: withPhones(withMessages(new Map(), messages), added),
    optOuts: withOptOuts(new Map(), optOuts),
  };
}

/** The phones with others added that have no messages. */
export function withPhones(phones: Phones, numbers: readonly string[]): Phones {
  const missing = numbers.filter((number) => !phones.has(number));
  if (missing.length === 0) return phones;
  return new Map([...phones, ...missing.map((number) => [number, { number, conversations: [] }] as const)]);
}

/** The model after some changes. Gathers them first, so that each list is copied once however many there are. */
export function applyChanges(model: Model, changes: readonly Json<Change>[]): Model {
  const next: { -readonly [K in keyof Model]: Model[K] } = { ...model };
  const news: News = { messages: [], optOuts: [], requests: [], deliveries: [], deadLetters: [] };
  for (const change of changes) take(change, next, news);
  next.phones = withMessages(model.phones, news.messages);
  next.optOuts = withOptOuts(model.optOuts, news.optOuts);
  next.requests = newest(model.requests, news.requests);
  next.deliveries = newest(model.deliveries, news.deliveries);
  next.deadLetters = newest(model.deadLetters, news.deadLetters);
  return next;
}

interface News {
  readonly messages: Message[];
  readonly optOuts: OptOut[];
  readonly requests: Request[];
  readonly deliveries: Delivery[];
  readonly deadLetters: DeadLetter[];
}

type Settings = Pick<Model, "senders" | "webhooks" | "faults" | "clock">;

function take(
  change: Json<Change>,
  next: { -readonly [K in keyof Settings]: Settings[K] },
  news: News,
): void {
  switch (change.topic) {
    case "message":
      return void news.messages.push(change.value);
    case "request":
      return void news.requests.push(change.value);
    case "delivery":
      return void news.deliveries.push(change.value);
    case "dead-letter":
      return void news.deadLetters.push(change.value);
    case "opt-out":
      return void news.optOuts.push(change.value);
    case "senders":
      next.senders = change.value;
      return undefined;
    case "webhooks":
      next.webhooks = change.value;
      return undefined;
    case "faults":
      next.faults = change.value;
      return undefined;
    case "clock":
      next.clock = change.value;
      return undefined;
  }
}

function withOptOuts(optOuts: Model["optOuts"], changed: readonly OptOut[]): Model["optOuts"] {
  if (changed.length === 0) return optOuts;
  return new Map([...optOuts, ...changed.map((optOut) => [pairKey(optOut), optOut] as const)]);
}

function newest<T>(known: readonly T[], added: readonly T[]): readonly T[] {
  return added.length === 0 ? known : [...known, ...added].slice(-logLimit);
}
