import { answer } from "./answers.js";
import { apiVersions } from "./api-versions.js";
import { invalidFields, invalidInput, unauthorized } from "./error-answers.js";
import { isPhoneNumber } from "../numbers.js";
import type { Operation } from "./operation.js";
import { readOptOutBody } from "./opt-out-body.js";
import type { Pairs } from "../carriers/pairs.js";
import { hasOptOutApi, isSenderFormat } from "../senders.js";

/** An item of the answer, in the key order of the wire. */
interface OptOutItem {
  readonly to: string;
  readonly httpStatusCode: number;
  readonly isOptedOut?: boolean;
  readonly errorMessage?: string;
}

/** What an operation does to one pair, and what it says about it beyond the status. */
type Act = (list: Pairs, from: string, to: string) => { readonly isOptedOut?: boolean };

/**
 * `POST /sms/optouts:add`, `:remove` and `:check`.
 *
 * They work on the service's own list alone: removing an entry does not lift a carrier's block.
 */
export const optOutOperations: readonly Operation[] = [
  operation("add", (list, from, to) => {
    list.add(from, to);
    return {};
  }),
  // Removing what is not there is no error [INFER].
  operation("remove", (list, from, to) => {
    list.delete(from, to);
    return {};
  }),
  operation("check", (list, from, to) => ({ isOptedOut: list.has(from, to) })),
];

function operation(verb: string, act: Act): Operation {
  return {
    method: "POST",
    path: `/sms/optouts:${verb}`,
    versions: apiVersions.filter((version) => version.hasOptOuts),
    answer({ json, version }, world) {
      const body = readOptOutBody(json);
      if ("errors" in body) return invalidFields(version, body.errors);
      const { from, recipients } = body;
      if (!isSenderFormat(from)) {
        return invalidFields(version, { From: ["Invalid from phone number format."] });
      }
      const sender = world.senders.get(from);
      // [INFER] How a resource is refused that may not use them is not documented.
      if (sender === undefined || !hasOptOutApi(sender)) return unauthorized();
      // One bad recipient alone was refused as a whole in 2025 `[WIRE]`; in a list with good ones it is an item of the
      // specification's example. Which of them holds for a mixed list is not known [INFER].
      if (!recipients.some(({ to }) => isPhoneNumber(to))) return invalidInput();
      return answer(200, { value: recipients.map(({ to }) => item(to, from, act, world.optOuts.service)) });
    },
  };
}

function item(to: string, from: string, act: Act, list: Pairs): OptOutItem {
  if (isPhoneNumber(to)) return { to, httpStatusCode: 200, ...act(list, from, to) };
  return { to, httpStatusCode: 400, errorMessage: "Invalid recipient phone number format" };
}
