import { Empty } from "../parts/empty.js";
import { Log } from "../parts/log.js";
import type { Request } from "../records.js";
import { endpoint, requests } from "../state.js";
import { isFailed } from "./is-failed.js";
import { RequestDetails } from "./request-details.js";
import { RequestSummary } from "./request-summary.js";
import { verdicts } from "./verdicts.js";

/** What reached the service. */
export function RequestsSection() {
  return (
    <>
      <h2 class="hidden">Requests</h2>
      <Log
        what="requests"
        entries={requests.value}
        textOf={textOf}
        isFailed={isFailed}
        columns={["Time", "Method", "Path", "Status", "Signature", "Recipients"]}
        Summary={RequestSummary}
        Details={RequestDetails}
      >
        <Empty icon="send" title="No request yet">
          <p>
            Point a client at <code>{endpoint}</code>. Each request to the service is listed here, with what
            was thought of its signature, what it said and what was answered.
          </p>
        </Empty>
      </Log>
    </>
  );
}

function textOf({ method, path, apiVersion, status, signature, body, fault }: Request): string {
  return [method, path, apiVersion, status, verdicts[signature].word, fault, body].join(" ");
}
