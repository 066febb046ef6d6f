import { SuppressionList } from "../../suppression/suppression-list.js";
import { UsageError } from "../failure.js";
import type { OptionValues } from "../option.js";
import type { Console } from "../output/console.js";
import { isStoreNamed, openStore } from "../stores/open-store.js";
import { policyFrom, policyOptions } from "./policy.js";
import { storeOption } from "./store.js";

const noSuppressionOption = {
  "no-suppression": {
    type: "boolean",
    help: "Ask no store: whoever said STOP is texted too. For senders that keep no opt-outs, and for trials.",
  },
} as const;

/** Who is left out of a sending: those who opted out, unless it is said in so many words that they are not. */
export const suppressionOptions: typeof storeOption & typeof noSuppressionOption & typeof policyOptions = {
  ...storeOption,
  ...noSuppressionOption,
  ...policyOptions,
};

export type SuppressionValues = OptionValues<typeof suppressionOptions>;

/** The list that a sending asks, until it is disposed of. */
interface OpenSuppression extends AsyncDisposable {
  readonly list: SuppressionList | undefined;
}

/** @throws UsageError where nothing says whom not to text. */
export function checkSuppression(values: SuppressionValues, console: Console): void {
  if (values["no-suppression"] && values.store !== undefined)
    throw new UsageError("--store and --no-suppression exclude each other.");
  if (values["no-suppression"] || isStoreNamed(values, console)) return;
  throw new UsageError(
    "Nobody was texted: without a store of opt-outs, people who said STOP would be. Give --store or set " +
      "ACS_SMS_STORE; or say --no-suppression, if that is meant.",
  );
}

/** @throws Failure where the store cannot be used. */
export async function openSuppression(values: SuppressionValues, console: Console): Promise<OpenSuppression> {
  if (values["no-suppression"]) {
    console.note("No opt-outs are asked for: whoever said STOP is texted too.");
    return { list: undefined, [Symbol.asyncDispose]: async () => undefined };
  }
  const store = await openStore(values, console);
  const list = new SuppressionList(store.ledger, policyFrom(values));
  return { list, [Symbol.asyncDispose]: async () => store[Symbol.asyncDispose]() };
}
