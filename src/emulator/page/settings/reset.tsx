import { useSignal } from "@preact/signals";
import { resetEmulator } from "../api.js";
import { Dialog } from "../parts/dialog.js";
import { Problem } from "../parts/problem.js";
import { useAction } from "../parts/use-action.js";

/** Begins anew, after a question. */
export function Reset() {
  const isAsked = useSignal(false);
  const { problem, run, isBusy } = useAction();
  const reset = async () => {
    if (await run(resetEmulator)) isAsked.value = false;
  };
  return (
    <section class="panel" aria-labelledby="reset">
      <h3 id="reset">Begin anew</h3>
      <p class="quiet">
        Forgets messages, opt-outs, requests and events. Senders, webhooks, faults and the clock stay.
      </p>
      <div class="buttons">
        <button type="button" class="danger" onClick={() => (isAsked.value = true)}>
          Reset…
        </button>
      </div>
      <Dialog title="Reset the emulator?" isOpen={isAsked}>
        <p>Messages, opt-outs, requests and events are forgotten, for everybody who uses this emulator.</p>
        <Problem of={problem} />
        <div class="buttons end">
          <button type="button" onClick={() => (isAsked.value = false)}>
            Cancel
          </button>
          <button type="button" class="danger" disabled={isBusy} onClick={() => void reset()}>
            Reset
          </button>
        </div>
      </Dialog>
    </section>
  );
}
