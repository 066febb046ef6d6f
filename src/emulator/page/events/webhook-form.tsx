import type { TargetedSubmitEvent } from "preact";
import { addWebhook } from "../api.js";
import { Field } from "../parts/field.js";
import { formText } from "../parts/form-text.js";
import { Icon } from "../parts/icon.js";
import { Problem } from "../parts/problem.js";
import { useAction } from "../parts/use-action.js";
import { readHeaderLines } from "./header-lines.js";
import { eventNames, eventTypes } from "./event-names.js";

/** Adds a webhook. */
export function WebhookForm() {
  const { problem, run, isBusy } = useAction();
  const add = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const isDone = await run(async () => addWebhook(read(form)));
    if (isDone) form.reset();
  };
  return (
    <form class="stack" aria-label="Add a webhook" onSubmit={(event) => void add(event)} noValidate>
      <Field label="URL">
        <input name="url" type="url" placeholder="http://127.0.0.1:3000/sms" autocomplete="off" />
      </Field>
      <details>
        <summary>Schema, events, headers</summary>
        <div class="stack">
          <Field label="Schema">
            <select name="schema">
              <option value="event-grid">Event Grid</option>
              <option value="cloud-events">CloudEvents 1.0</option>
            </select>
          </Field>
          <fieldset>
            <legend>Events</legend>
            {eventTypes.map((type) => (
              <label class="check" key={type}>
                <input type="checkbox" name="eventTypes" value={type} defaultChecked />
                {eventNames[type]}
              </label>
            ))}
          </fieldset>
          <Field label="Headers" hint="One per line, as name: value. For a secret, for example.">
            <textarea name="headers" rows={2} placeholder="x-sms-webhook-secret: …" spellcheck={false} />
          </Field>
        </div>
      </details>
      <Problem of={problem} />
      <button type="submit" disabled={isBusy}>
        <Icon name="plus" />
        Add webhook
      </button>
    </form>
  );
}

function read(form: HTMLFormElement) {
  const chosen = new FormData(form).getAll("eventTypes");
  return {
    url: formText(form, "url"),
    schema: formText(form, "schema") === "cloud-events" ? ("cloud-events" as const) : ("event-grid" as const),
    headers: readHeaderLines(formText(form, "headers")),
    eventTypes: eventTypes.filter((type) => chosen.includes(type)),
  };
}
