import { useSignal } from "@preact/signals";
import type { TargetedSubmitEvent } from "preact";
import { rememberPhone } from "../added-phones.js";
import { isPhoneNumber } from "../hash.js";
import { formText } from "../parts/form-text.js";
import { Icon } from "../parts/icon.js";
import { Problem } from "../parts/problem.js";
import { goTo } from "../route.js";
import { showPhone } from "../state.js";
import { focusComposer } from "./focus-composer.js";
import { magicNumbers } from "./magic-numbers.js";

const wrong = "Expected a number in E.164 form, such as +14255550123.";

/** A phone that nobody has texted yet, to write on it. Numbers to which something always happens are suggested. */
export function AddPhone() {
  const problem = useSignal("");
  const add = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const number = formText(form, "number").replaceAll(/[\s().-]/g, "");
    problem.value = isPhoneNumber(number) ? "" : wrong;
    if (problem.value !== "") return;
    form.reset();
    rememberPhone(number);
    showPhone(number);
    goTo("phones", number);
    focusComposer(number);
  };
  return (
    <form class="add-phone" onSubmit={add} noValidate>
      <label>
        <span class="hidden">Add a phone</span>
        <input
          name="number"
          type="tel"
          placeholder="+14255550123"
          autocomplete="off"
          list="magic-numbers"
          data-add-phone
          aria-invalid={problem.value !== ""}
          aria-describedby="add-phone-problem"
        />
      </label>
      <button type="submit" title="Add a phone (n)">
        <Icon name="plus" />
        Add
      </button>
      <datalist id="magic-numbers">
        {Object.entries(magicNumbers).map(([number, what]) => (
          <option key={number} value={number}>
            {what}
          </option>
        ))}
      </datalist>
      <Problem of={problem} id="add-phone-problem" />
    </form>
  );
}
