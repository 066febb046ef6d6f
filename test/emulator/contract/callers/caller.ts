import type { TokenCredential } from "@azure/core-auth";
import type { Emulator } from "../../../../src/emulator/index.js";
import type { Call, Version } from "../contract-case.js";

/** What was on the wire. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

/** What came of one call. */
export interface Outcome {
  /** `undefined` when the service was not asked. */
  readonly answer: Answer | undefined;
  /** What the client returned, or threw, in the terms of `shows`. */
  readonly shown: unknown;
}

/** An access key, or what has tokens. */
export type Key = string | TokenCredential;

/** One way to make calls. */
export interface Caller {
  /** The versions that it can speak. */
  readonly versions: readonly Version[];
  connect(emulator: Emulator, version: Version, key: Key): (call: Call) => Promise<Outcome>;
  /** What it has to show for an answer: its rules, stated here a second time. */
  shows(call: Call, answer: Answer): unknown;
}

/** The parsed body of an answer. */
export interface Body {
  readonly value?: readonly Readonly<Record<string, unknown>>[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

export function bodyOf({ text }: Answer): Body {
  return JSON.parse(text) as Body;
}

/** Whether an official client takes this for success. */
export function isDone(call: Call, { status }: Answer): boolean {
  return status === (call.operation === "send" ? 202 : 200);
}
