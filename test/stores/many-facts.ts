import type { SuppressionEntry } from "acs-sms";

import { randomFrom, shuffled } from "../support/random.ts";

/*
 * What eight processes write at once. Each can work out what all of them write, so only seeds are passed on.
 */

/** What one writer is to do. */
export interface WriterOrder {
  readonly seed: number;
  readonly recipients: number;
  readonly factsOfEach: number;
  /** Which part of all facts this one writes: each a part of its own, with half of them in others' parts too. */
  readonly writer: number;
  readonly writers: number;
}

const noon = Date.parse("2026-03-02T12:00:00Z");

/** STOPs and STARTs of many people, several of each, some at the very same time. */
export function allFacts({ seed, recipients, factsOfEach }: WriterOrder): SuppressionEntry[] {
  const random = randomFrom(seed);
  return Array.from({ length: recipients * factsOfEach }, (_, index) => {
    const at = new Date(noon + Math.floor(random() * 5) * 1000);
    const state = random() < 0.5 ? ("opted-out" as const) : ("opted-in" as const);
    return {
      sender: random() < 0.8 ? "+18005551234" : "*",
      recipient: `+1425555${String(index % recipients).padStart(4, "0")}`,
      state,
      at,
      recordedAt: at,
      source: "keyword" as const,
      keyword: state === "opted-out" ? "STOP" : "START",
      messageId: `Incoming_${index}`,
    };
  });
}

/** The batches of one writer, in an order of its own: every third fact or so, so that most are some other's too. */
export function batchesOf(order: WriterOrder): SuppressionEntry[][] {
  const { seed, writer, writers } = order;
  const random = randomFrom(seed + 1000 * (writer + 1));
  const mine = allFacts(order).filter((_, index) => index % writers === writer || random() < 1 / writers);
  const facts = shuffled(mine, random);
  const batches: SuppressionEntry[][] = [];
  while (facts.length > 0) batches.push(facts.splice(0, 1 + Math.floor(random() * 20)));
  return batches;
}
