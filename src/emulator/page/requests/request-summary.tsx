import { plural, preciseTimeOf } from "../format.js";
import { Chip } from "../parts/chip.js";
import { Status } from "../parts/status.js";
import type { Request } from "../records.js";
import { verdicts } from "./verdicts.js";

const faultWords: Readonly<Record<NonNullable<Request["fault"]>, string>> = {
  dropBefore: "Dropped before",
  tooManyRequests: "Fault: 429",
  serverError: "Fault: server error",
  dropAfter: "Dropped after",
};

/** A request in a line. */
export function RequestSummary({ entry }: { readonly entry: Request }) {
  const { at, method, path, apiVersion, status, signature, recipients, fault } = entry;
  const { tone, icon, word, meaning } = verdicts[signature];
  return (
    <>
      <time dateTime={at} title={at}>
        {preciseTimeOf(at)}
      </time>
      <span class="method">{method}</span>
      <span class="path">
        {path}
        {apiVersion !== undefined && <span class="faint">?api-version={apiVersion}</span>}
      </span>
      <Status status={status === 0 ? undefined : status} without="No answer" />
      <Chip tone={tone} icon={icon} title={meaning}>
        {word}
      </Chip>
      <span class="recipients">
        {recipients > 0 && plural(recipients, "recipient")}
        {fault !== undefined && (
          <Chip tone="warning" icon="warning">
            {faultWords[fault]}
          </Chip>
        )}
      </span>
    </>
  );
}
