import type {
  SmsDeliveryObservation,
  SmsInboundObservation,
  SmsResultObservation,
} from "../../../src/observers/observer.js";
import { randomFrom, shuffled } from "../../support/random.js";
import { codes, places, senders, tags } from "./population.js";

export type RawEvent = SmsResultObservation | SmsDeliveryObservation | SmsInboundObservation;

export const monthFrom = new Date("2026-10-15T00:00:00Z");
export const monthTo = new Date("2026-11-15T00:00:00Z");

const hourInMs = 3_600_000;
const dayInMs = 24 * hourInMs;

/**
 * A month of messages, and some days before and after it, as observers hear of them: with replies, opt-outs, failures; doubled,
 * late, in conflict, and in no order.
 */
export function simulate(size: number, seed: number): readonly RawEvent[] {
  const random = randomFrom(seed);
  const maker = new Maker(random, size);
  const events = Array.from({ length: size }, (_, index) => maker.message(index)).flat();
  const doubled = events.filter(() => random() < 0.05);
  return shuffled([...events, ...doubled], random);
}

class Maker {
  readonly #random: () => number;
  readonly #people: number;

  constructor(random: () => number, size: number) {
    this.#random = random;
    this.#people = Math.max(5, Math.floor(size / 20));
  }

  message(index: number): RawEvent[] {
    const results = this.#results(index);
    const last = results.at(-1);
    if (last?.status !== "accepted" || last.messageId === undefined) return results;
    return [...results, ...this.#reports(last, last.messageId), ...this.#answers(last)];
  }

  /** Some messages need two tries; some are accepted twice. */
  #results(index: number): SmsResultObservation[] {
    const shared = this.#shared(index);
    const { status } = shared;
    if ((status === "unknown" || status === "unsent") && this.#is(0.5)) {
      const again = { ...shared, at: this.#after(shared.at, dayInMs) };
      if (this.#is(0.3))
        return [shared, { ...again, status: this.#pick(["suppressed", "unknown", "rejected"] as const) }];
      return [shared, { ...again, status: "accepted", messageId: `Outgoing_${index}` }];
    }
    if (status !== "accepted") return [shared];
    const accepted = { ...shared, messageId: `Outgoing_${index}` };
    return this.#is(0.02) ? [{ ...accepted, at: this.#after(shared.at, hourInMs) }, accepted] : [accepted];
  }

  #shared(index: number): SmsResultObservation {
    const status = this.#status();
    const place = this.#pick(places);
    const isReportExpected = this.#is(0.85);
    const tag = this.#pick(tags);
    return {
      type: "result",
      at: new Date(monthFrom.getTime() + Math.floor((this.#random() * 36 - 2.5) * dayInMs)),
      identity: `identity-${index}`,
      from: this.#pick(senders).from,
      to: status === "invalid" ? "no number" : place.number(Math.floor(this.#random() * this.#people)),
      status,
      httpStatusCode: 202,
      encoding: "gsm-7",
      segments: 1 + Math.floor(this.#random() * 4),
      isReportExpected,
      ...(this.#is(0.3) && { reportTimeoutInSeconds: 60 + Math.floor(this.#random() * 43_140) }),
      ...(tag !== undefined && { tag }),
    };
  }

  #status(): SmsResultObservation["status"] {
    const place = this.#random();
    if (place < 0.88) return "accepted";
    return this.#pick(["rejected", "suppressed", "invalid", "unknown", "unsent"] as const);
  }

  /** Some come although nobody asked; some contradict each other, a few at the same time; some are of nobody's message. */
  #reports(
    { at, isReportExpected, from, to }: SmsResultObservation,
    messageId: string,
  ): SmsDeliveryObservation[] {
    if (!this.#is(isReportExpected ? 0.92 : 0.05)) return [];
    const attemptedAt = new Date(at.getTime() + Math.floor(this.#random() ** 4 * hourInMs) - 200);
    const report = { ...this.#report(messageId, attemptedAt), from, to };
    const reports = [report];
    if (this.#is(0.05)) reports.push({ ...this.#report(messageId, attemptedAt), from, to });
    if (this.#is(0.03)) {
      const receivedAt = this.#is(0.5) ? report.receivedAt : this.#after(attemptedAt, dayInMs);
      const status = report.status === "failed" ? "delivered" : "failed";
      reports.push({ ...report, status, ...(receivedAt !== undefined && { receivedAt }) });
    }
    if (this.#is(0.01)) reports.push({ ...report, messageId: `${messageId}_of_others` });
    return reports;
  }

  #report(messageId: string, attemptedAt: Date): SmsDeliveryObservation {
    const isFailed = this.#is(0.12);
    const code = isFailed ? this.#pick(codes) : 2000;
    return {
      type: "delivery",
      at: new Date(),
      from: "",
      to: "",
      messageId,
      status: isFailed ? "failed" : "delivered",
      receivedAt: this.#after(attemptedAt, 5000),
      ...(code !== undefined && { code }),
      ...(this.#is(0.97) && { lastAttemptAt: attemptedAt }),
    };
  }

  /** Up to five days later, so that some follow another message, or none. */
  #answers({ at, from, to, identity }: SmsResultObservation): SmsInboundObservation[] {
    const count = this.#is(0.1) ? 1 + Math.floor(this.#random() * 3) : 0;
    return Array.from({ length: count }, (_, index) => ({
      type: "inbound",
      at: new Date(),
      from: to,
      to: from,
      messageId: `Incoming_${identity}_${index}`,
      receivedAt: new Date(at.getTime() + Math.floor(this.#random() ** 3 * 5 * dayInMs) - 1000),
      intent: this.#pick(["none", "none", "none", "opt-out", "opt-in", "help"] as const),
    }));
  }

  #is(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }

  #after(time: Date, withinInMs: number): Date {
    return new Date(time.getTime() + Math.floor(this.#random() * withinInMs));
  }
}
