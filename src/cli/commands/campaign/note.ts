import { Failure } from "../../failure.js";
import { parseCommandLine } from "../../parse-command-line.js";
import { parseStoreUrl, secretsOf } from "../../stores/store-url.js";
import { orderOptions, type Order } from "./order.js";

/*
 * What the journal keeps of an order, for whoever resumes it: the command line that says the same. It is read as command
 * lines are, so that what is read is checked.
 */

const format = "acs-sms campaign 1";

/** Whether a store's URL has a password in it, which is written nowhere. */
export function isSecretStore({ store }: Order): boolean {
  return store !== undefined && secretsOf(parseStoreUrl(store)).length > 0;
}

export function noteOf(order: Order): string {
  const kept = isSecretStore(order) ? { ...order, store: undefined } : order;
  return JSON.stringify({ format, arguments: argumentsFor(kept) });
}

/**
 * @param note - From {@link noteOf}.
 * @throws Failure for what somebody else wrote.
 */
export function orderIn(note: string | undefined): Order {
  const args = argumentsIn(note);
  if (args === undefined) {
    throw new Failure(
      "This campaign was begun by a program, not by acs-sms campaign send: let that go on with it.",
    );
  }
  const {
    "message-file": _,
    message = "",
    ...rest
  } = parseCommandLine(args, { options: orderOptions }).values;
  return { ...rest, message };
}

/** Whether two orders are one campaign: how fast it goes, and where the opt-outs are, may change. */
export function isSameCampaign(one: Order, other: Order): boolean {
  const changing = {
    rate: undefined,
    concurrency: undefined,
    "on-unknown": undefined,
    store: undefined,
    "send-before": undefined,
  };
  return sorted({ ...one, ...changing }) === sorted({ ...other, ...changing });
}

function sorted(order: Order): string {
  return JSON.stringify(argumentsFor(order).toSorted());
}

/** Of what else the command was told nothing is kept. */
function argumentsFor(order: Order): string[] {
  const isKept = ([name]: readonly [string, unknown]): boolean => name in orderOptions;
  return Object.entries(order).filter(isKept).flatMap(argumentsOf);
}

function argumentsOf([name, value]: [string, string | boolean | readonly string[] | undefined]): string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [`--${name}`];
  return typeof value === "string" ? [`--${name}=${value}`] : value.map((each) => `--${name}=${each}`);
}

function argumentsIn(note: string | undefined): readonly string[] | undefined {
  const kept: unknown = parsed(note ?? "");
  if (typeof kept !== "object" || kept === null || !("format" in kept) || kept.format !== format)
    return undefined;
  if (!("arguments" in kept) || !Array.isArray(kept.arguments)) return undefined;
  return kept.arguments.every((each) => typeof each === "string") ? kept.arguments : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
