import { inSchema, type JsonObject } from "./event-bodies.js";
import type { Exchange } from "./exchange.js";
import { reach, type Addressee, type Office } from "./office.js";
import type { Letter, Parcel } from "./outbox.js";
import type { DeadLetter } from "./records.js";
import { deliveryRequest } from "./requests.js";
import { nextStep } from "./retry-schedule.js";

/** What is left to do after an attempt. */
export interface Retry {
  readonly parcel: Parcel;
  readonly delayInMs: number;
}

/** Tries a parcel once. What has arrived, and what is given up, is done with; the rest is to be tried again. */
export async function deliver(parcel: Parcel, to: Addressee, office: Office): Promise<Retry | undefined> {
  const { settings } = office;
  const timely = buryExpired(parcel, to, office);
  if (timely.letters.length === 0) return undefined;
  const request = deliveryRequest(timely, to.name, to.target, settings);
  const outcome = await reach(to, request, office);
  // Forgotten meanwhile, perhaps with the webhook.
  if (!timely.letters.some((letter) => to.expects(letter))) return undefined;
  const tried = record(timely, outcome, to, office);
  const step = nextStep(outcome, tried.attempts, settings);
  if (step.act === "retry") return { parcel: tried, delayInMs: step.delayInMs };
  if (step.act === "give-up") bury(tried, step.reason, to, office);
  for (const letter of tried.letters) letter.done();
  return undefined;
}

/** The time to live is looked at before an attempt and at no other time. */
function buryExpired(parcel: Parcel, to: Addressee, office: Office): Parcel {
  const isLate = ({ event }: Letter): boolean => hasExpired(event.publishedAt, office);
  const late = parcel.letters.filter(isLate);
  if (late.length === 0) return parcel;
  bury({ ...parcel, letters: late }, "TimeToLiveExceeded", to, office);
  for (const letter of late) letter.done();
  return { ...parcel, letters: parcel.letters.filter((letter) => !late.includes(letter)) };
}

function hasExpired(publishedAt: Date, { clock, settings }: Office): boolean {
  const ageInMs = (clock.now().getTime() - publishedAt.getTime()) * settings.speed;
  return ageInMs >= settings.timeToLiveInMinutes * 60_000;
}

/** Writes the attempt into the log. */
function record(parcel: Parcel, outcome: Exchange, to: Addressee, office: Office): Parcel {
  const at = office.clock.now();
  const attempts = parcel.attempts + 1;
  const result = "status" in outcome ? { status: outcome.status } : { error: outcome.error };
  const answer = "body" in outcome ? outcome.body.slice(0, 20_000) : "";
  for (const { event } of parcel.letters) {
    const { id: eventId, type: eventType } = event;
    const delivery = { webhookId: to.id, eventId, eventType, attempt: attempts, at, ...result };
    office.deliveries.push(delivery);
    const body = (): JsonObject => inSchema(event, to.target.schema, office.settings.topic);
    office.journal.delivery((number) => ({ ...delivery, number, event: body(), answer }));
  }
  const lastOutcome = "status" in outcome ? String(outcome.status) : outcome.error;
  return { ...parcel, attempts, lastOutcome, lastAttemptAt: at };
}

function bury(parcel: Parcel, reason: DeadLetter["reason"], to: Addressee, office: Office): void {
  const { attempts, lastOutcome, lastAttemptAt } = parcel;
  for (const { event } of parcel.letters) {
    const letter: DeadLetter = {
      webhookId: to.id,
      eventId: event.id,
      eventType: event.type,
      reason,
      deliveryAttempts: attempts,
      ...(lastOutcome === undefined ? {} : { lastDeliveryOutcome: lastOutcome }),
      publishedAt: event.publishedAt,
      ...(lastAttemptAt === undefined ? {} : { lastAttemptAt }),
      event: inSchema(event, to.target.schema, office.settings.topic),
    };
    office.deadLetters.push(letter);
    office.journal.deadLetter(letter);
  }
}
