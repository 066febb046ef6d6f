import { useSignal, type ReadonlySignal } from "@preact/signals";

/** Something that is asked of the emulator, and what it said against it. */
export interface Action {
  /** Whether it is under way. */
  readonly isBusy: ReadonlySignal<boolean>;
  /** Why it failed last time; empty when it did not. */
  readonly problem: ReadonlySignal<string>;
  /** Does it. Never rejects: what goes wrong is the `problem`. Answers whether it went well. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
}

/** For a form or a button that asks something of the emulator. */
export function useAction(): Action {
  const isBusy = useSignal(false);
  const problem = useSignal("");
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    isBusy.value = true;
    try {
      await work();
      problem.value = "";
      return true;
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, problem, run };
}
