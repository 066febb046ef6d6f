import { useSignal } from "@preact/signals";
import { removeSender } from "../api.js";
import { Icon } from "../parts/icon.js";
import { Problem } from "../parts/problem.js";
import { useAction } from "../parts/use-action.js";
import type { Sender } from "../records.js";
import { senders } from "../state.js";
import { SenderForm } from "./sender-form.js";
import { kindNames, managerWords } from "./sender-kinds.js";

/** The senders that the resource owns. */
export function Senders() {
  const edited = useSignal<Sender | undefined>(undefined);
  const { problem, run } = useAction();
  return (
    <section class="panel wide" aria-labelledby="senders">
      <h3 id="senders">Senders</h3>
      <div class="table" tabIndex={0} role="group" aria-label="Senders, as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col">Kind</th>
              <th scope="col">Who acts on STOP</th>
              <th scope="col">
                <span class="hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {senders.value.map((sender) => (
              <tr key={sender.number}>
                <th scope="row">{sender.number}</th>
                <td>
                  {kindNames[sender.kind]}
                  {sender.kind === "short-code" && ` (${sender.country ?? "US"})`}
                </td>
                <td>{managerWords(sender)}</td>
                <td class="actions">
                  <button type="button" class="small" onClick={() => (edited.value = sender)}>
                    Edit<span class="hidden"> {sender.number}</span>
                  </button>
                  <button
                    type="button"
                    class="small"
                    onClick={() => void run(() => removeSender(sender.number))}
                  >
                    <Icon name="cross" />
                    Remove<span class="hidden"> {sender.number}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Problem of={problem} />
      <SenderForm
        key={edited.value?.number ?? ""}
        edited={edited.value}
        onDone={() => (edited.value = undefined)}
      />
    </section>
  );
}
