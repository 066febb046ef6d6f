import { randomFrom } from "../random.js";
import type { FaultyLatency, RequestFault, RequestFaultRules } from "./request-faults.js";

/** What happens to one request. */
export interface RequestFate {
  readonly latencyInMs: number;
  readonly fault: RequestFault | undefined;
}

/** In the order in which they come into question. */
const faults = ["dropBefore", "tooManyRequests", "serverError", "dropAfter"] as const;

/** The faults of requests that are in force, and whom they hit next. */
export class Trouble {
  readonly #random: () => number;
  readonly #changed: () => void;
  #rules: RequestFaultRules;

  constructor(rules: RequestFaultRules, seed: number, changed: () => void) {
    this.#rules = rules;
    this.#changed = changed;
    this.#random = randomFrom(seed);
  }

  /** The faults in force, with what is left of their bursts. */
  get rules(): RequestFaultRules {
    return this.#rules;
  }

  /** Replaces the faults, for requests from now on. */
  set(rules: RequestFaultRules): void {
    this.#rules = rules;
    this.#changed();
  }

  /** Five numbers are drawn for each request whatever the rules are, so that a change of one rule moves no other decision. */
  draw(): RequestFate {
    const latencyInMs = within(this.#rules.latencyInMs, this.#random());
    const draws = faults.map((fault) => ({ fault, number: this.#random() }));
    const fault = draws.find(({ fault, number }) => this.#hits(fault, number))?.fault;
    if (fault !== undefined) this.#countDown(fault);
    return { latencyInMs, fault };
  }

  #hits(fault: RequestFault, number: number): boolean {
    const rule = this.#rules[fault];
    return typeof rule === "number" ? number < rule : rule.next > 0;
  }

  #countDown(fault: RequestFault): void {
    const rule = this.#rules[fault];
    if (typeof rule !== "number") this.set({ ...this.#rules, [fault]: { next: rule.next - 1 } });
  }
}

function within(latency: FaultyLatency, number: number): number {
  if (typeof latency === "number") return latency;
  return Math.round(latency.least + number * (latency.most - latency.least));
}
