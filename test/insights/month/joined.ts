import type {
  SmsDeliveryObservation,
  SmsInboundObservation,
  SmsResultObservation,
} from "../../../src/observers/observer.js";
import { places, senders } from "./population.js";
import type { RawEvent } from "./simulate.js";

/** A message with all that was said of it. Made anew from the events, in plain loops: nothing of `src` is used. */
export interface Joined {
  readonly identity: string;
  readonly time: number;
  readonly result: SmsResultObservation;
  readonly report: SmsDeliveryObservation | undefined;
  readonly country: string | null;
  readonly senderKind: string | null;
}

/** An answer with the message that it is one to. */
export interface Answer {
  readonly inbound: SmsInboundObservation;
  readonly to: Joined | undefined;
}

export interface Book {
  readonly messages: readonly Joined[];
  readonly answers: readonly Answer[];
}

const best = ["accepted", "rejected", "unknown", "suppressed", "unsent", "invalid"];
const windowInMs = 72 * 3_600_000;

export function joined(events: readonly RawEvent[]): Book {
  const results = Map.groupBy(ofType(events, "result"), ({ identity }) => identity);
  const reports = Map.groupBy(ofType(events, "delivery"), ({ messageId }) => messageId);
  const messages = Array.from(results, ([identity, said]) => joinedOne(identity, said, reports));
  const pairs = Map.groupBy(messages, ({ result: { from, to } }) => `${from} ${to}`);
  const inbound = new Map(ofType(events, "inbound").map((event) => [event.messageId, event]));
  const answers = Array.from(inbound.values(), (event) => {
    const candidates = (pairs.get(`${event.to} ${event.from}`) ?? []).filter((message) =>
      isBefore(message, event),
    );
    return { inbound: event, to: candidates.toSorted((a, b) => a.time - b.time).at(-1) };
  });
  return { messages, answers: answers.filter(({ inbound: { intent } }) => intent !== "help") };
}

function ofType<T extends RawEvent["type"]>(events: readonly RawEvent[], type: T) {
  return events.filter((event): event is Extract<RawEvent, { type: T }> => event.type === type);
}

function isBefore({ result, time }: Joined, { receivedAt }: SmsInboundObservation): boolean {
  const waited = receivedAt.getTime() - time;
  return result.status === "accepted" && waited >= 0 && waited <= windowInMs;
}

function joinedOne(
  identity: string,
  said: readonly SmsResultObservation[],
  reports: ReadonlyMap<string, readonly SmsDeliveryObservation[]>,
): Joined {
  const status = best.find((status) => said.some((result) => result.status === status));
  const ofStatus = said.filter((result) => result.status === status);
  const result = ofStatus.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] as SmsResultObservation;
  const times = (status === "accepted" ? ofStatus : said).map(({ at }) => at.getTime());
  const heard = status === "accepted" ? (reports.get(result.messageId ?? "") ?? []) : [];
  const time = Math.min(...times);
  return {
    identity,
    time,
    result,
    report: lastOf(heard),
    country: countryOf(result.to),
    senderKind: kindOf(result.from),
  };
}

function lastOf(reports: readonly SmsDeliveryObservation[]): SmsDeliveryObservation | undefined {
  const newest = Math.max(...reports.map(({ receivedAt }) => Number(receivedAt)));
  const last = reports
    .filter(({ receivedAt }) => Number(receivedAt) === newest)
    .toSorted((a, b) => (b.code ?? 0) - (a.code ?? 0));
  return last.find(({ status }) => status === "failed") ?? last[0];
}

const prefixes = places.map(({ country, number }) => [number(0).slice(0, 5), country] as const);

function countryOf(number: string): string | null {
  return prefixes.find(([prefix]) => number.startsWith(prefix))?.[1] ?? null;
}

function kindOf(from: string): string | null {
  return senders.find((sender) => sender.from === from)?.kind ?? null;
}
