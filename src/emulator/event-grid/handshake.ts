import type { Exchange } from "./exchange.js";
import { afterWaiting, reach, type Addressee, type Office } from "./office.js";
import { origin, validationRequest, type Validation } from "./requests.js";

/** What a handshake comes to. */
export type Verdict =
  | { readonly state: "validated" }
  | { readonly state: "awaiting-manual-action" | "failed"; readonly reason: string };

/** Asks a webhook whether it wants events. Only silence is asked again `[INFER]`; an answer counts, whatever it is. */
export async function shakeHands(to: Addressee, validation: Validation, office: Office): Promise<Verdict> {
  let outcome = await ask(to, validation, office);
  const { validationAttempts } = office.settings;
  for (let attempt = 1; "error" in outcome && attempt < validationAttempts; attempt += 1) {
    await pause(5000, to.signal, office);
    outcome = await ask(to, validation, office);
  }
  if (to.signal.aborted) return failed("the handshake was broken off");
  if ("error" in outcome) return failed(`the webhook gave no answer (${outcome.error})`);
  return to.target.schema === "cloud-events"
    ? judgeCloudEvents(outcome, validation)
    : judgeEventGrid(outcome, validation);
}

function ask(to: Addressee, validation: Validation, office: Office): Promise<Exchange> {
  const request = validationRequest(validation, to.name, to.target, office.clock.now(), office.settings);
  return reach(to, request, office);
}

function pause(delayInMs: number, signal: AbortSignal, office: Office): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    afterWaiting(delayInMs, office, resolve);
  });
}

type Answer = Extract<Exchange, { status: number }>;

/** 200 and the code; or 200 without it, for those who open the URL. */
function judgeEventGrid({ status, body }: Answer, { code, url }: Validation): Verdict {
  if (status !== 200) return failed(`the webhook answered ${status}, and only 200 is accepted`);
  const given = validationResponseIn(body);
  if (given === code) return { state: "validated" };
  if (given !== undefined) return failed("the webhook answered another validation code");
  return awaiting(`the webhook answered 200 without \`validationResponse\`; open ${url}`);
}

function validationResponseIn(body: string): unknown {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === "object" && json !== null && "validationResponse" in json
      ? json.validationResponse
      : undefined;
  } catch {
    return undefined;
  }
}

/** [INFER] Any 2xx will do. Without the header, the URL can be opened, as the CloudEvents web hook specification has it. */
function judgeCloudEvents({ status, headers }: Answer, { url }: Validation): Verdict {
  if (status < 200 || status > 299) return failed(`the webhook answered ${status} to OPTIONS`);
  const allowed = headers["webhook-allowed-origin"];
  if (allowed === origin || allowed === "*") return { state: "validated" };
  if (allowed !== undefined) return failed(`the webhook's WebHook-Allowed-Origin is not ${origin}`);
  return awaiting(`the webhook answered ${status} without WebHook-Allowed-Origin; open ${url}`);
}

function failed(reason: string): Verdict {
  return { state: "failed", reason };
}

function awaiting(reason: string): Verdict {
  return { state: "awaiting-manual-action", reason };
}
