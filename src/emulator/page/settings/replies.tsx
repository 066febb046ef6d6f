import { Field } from "../parts/field.js";
import type { Sender } from "../records.js";

/** What ACS answers, and to which words. */
const kinds = [
  { name: "optOut", word: "STOP" },
  { name: "optIn", word: "START" },
  { name: "help", word: "HELP" },
] as const;

/** What ACS answers where it manages the opt-outs. */
export function Replies({ replies }: { readonly replies: Sender["replies"] }) {
  return (
    <fieldset class="stack full">
      <legend>What ACS answers</legend>
      {kinds.map(({ name, word }) => (
        <Field key={name} label={`To ${word}`}>
          <input
            name={name}
            placeholder="The text that ACS had in 2021"
            autocomplete="off"
            defaultValue={replies?.[name] ?? ""}
          />
        </Field>
      ))}
    </fieldset>
  );
}
