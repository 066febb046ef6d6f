import { useSignal } from "@preact/signals";
import type { TargetedSubmitEvent } from "preact";
import { putSender } from "../api.js";
import { Field } from "../parts/field.js";
import { Problem } from "../parts/problem.js";
import { useAction } from "../parts/use-action.js";
import type { Sender } from "../records.js";
import { countryCodes, kinds, oneOf, readSender } from "./read-sender.js";
import { Replies } from "./replies.js";
import { defaultManager, hasChoice, kindNames } from "./sender-kinds.js";

interface SenderFormProps {
  /** The sender that is changed; none when one is added. */
  readonly edited: Sender | undefined;
  readonly onDone: () => void;
}

const countries = { US: "United States", CA: "Canada", GB: "United Kingdom" };

/** Adds a sender, or changes one. Asks only for what its kind leaves open. */
export function SenderForm({ edited, onDone }: SenderFormProps) {
  const kind = useSignal<Sender["kind"]>(edited?.kind ?? "toll-free");
  const country = useSignal<Sender["country"]>(edited?.country);
  const manager = useSignal(edited?.optOutManagement);
  const { problem, run, isBusy } = useAction();
  const isChoice = hasChoice({ kind: kind.value, country: country.value });
  const manages = manager.value ?? defaultManager(kind.value);
  const save = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const isDone = await run(() => putSender(readSender(form, kind.value)));
    if (!isDone) return;
    form.reset();
    kind.value = "toll-free";
    onDone();
  };
  return (
    <form
      class="row-form"
      aria-label={edited ? "Change a sender" : "Add a sender"}
      onSubmit={(event) => void save(event)}
    >
      <Field label="Number">
        <input
          name="number"
          placeholder="+18005551234"
          autocomplete="off"
          required
          defaultValue={edited?.number ?? ""}
          readOnly={edited !== undefined}
        />
      </Field>
      <Field label="Kind">
        <select
          name="kind"
          value={kind}
          onChange={({ currentTarget }) => (kind.value = oneOf(kinds, currentTarget.value) ?? kind.value)}
        >
          {Object.entries(kindNames).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      {kind.value === "short-code" && (
        <Field label="Country">
          <select
            name="country"
            value={country.value ?? "US"}
            onChange={({ currentTarget }) => (country.value = oneOf(countryCodes, currentTarget.value))}
          >
            {Object.entries(countries).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </Field>
      )}
      {isChoice && (
        <Field label="Who acts on STOP">
          <select
            name="optOutManagement"
            value={manages}
            onChange={({ currentTarget }) =>
              (manager.value = currentTarget.value === "acs" ? "acs" : "business")
            }
          >
            <option value="acs">ACS</option>
            <option value="business">Your code</option>
          </select>
        </Field>
      )}
      {isChoice && manages === "acs" && <Replies replies={edited?.replies} />}
      <div class="buttons">
        <button type="submit" disabled={isBusy}>
          {edited ? "Save sender" : "Add sender"}
        </button>
        {edited && (
          <button type="button" onClick={onDone}>
            Cancel
          </button>
        )}
      </div>
      <Problem of={problem} />
    </form>
  );
}
