import type { SuppressionEntry } from "../../suppression/suppression-store.js";
import { UsageError } from "../failure.js";
import { readSender } from "./sender.js";

/** Which entries are wanted. */
export const filterOptions = {
  sender: { type: "string", value: "<sender>", help: 'Only what concerns this sender; "*" is every sender.' },
  state: { type: "string", value: "<state>", help: "Only opted-out, or only opted-in." },
} as const;

interface FilterValues {
  readonly sender: string | undefined;
  readonly state: string | undefined;
}

type State = SuppressionEntry["state"];

export function readFilter({ sender, state }: FilterValues): {
  sender: string | undefined;
  state: State | undefined;
} {
  return {
    sender: sender === undefined ? undefined : readSender(sender),
    state: state === undefined ? undefined : readState("--state", state),
  };
}

export function readState(option: string, state: string): State {
  if (state === "opted-out" || state === "opted-in") return state;
  throw new UsageError(`${option} takes opted-out or opted-in.`);
}
