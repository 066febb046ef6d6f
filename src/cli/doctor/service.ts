import { randomUUID } from "node:crypto";

import type { SmsClient } from "../../client/sms-client.js";
import { throwIfAborted } from "../../errors/abort.js";
import { messageOf } from "../explain.js";
import { readConnection, type Connection, type ConnectionValues } from "../options/connection.js";
import { UsageError } from "../failure.js";
import type { Console } from "../output/console.js";
import { clockFinding } from "./clock.js";
import type { Finding } from "./finding.js";

/** A sound connection answers within a second. */
const timeoutInMs = 10_000;

/** Whether the service can be reached, and takes us for whom we say we are. Nothing is sent or changed. */
export async function serviceFindings(values: ConnectionValues, console: Console): Promise<Finding[]> {
  let connection: Connection;
  try {
    connection = await readConnection(values, console);
  } catch (error) {
    return [unreadable(error, console)];
  }
  const parsed = {
    check: "connection",
    status: "ok",
    message: `The resource is ${connection.endpoint}.`,
  } as const;
  const sms = connection.createClient({ retryOptions: { maxRetries: 0 } });
  return [parsed, ...(await askService(sms, console))];
}

function unreadable(error: unknown, console: Console): Finding {
  const message = messageOf(error, console.secrets);
  const isMissing = error instanceof UsageError;
  return { check: "connection", status: isMissing ? "warn" : "fail", message };
}

/** Asks for a delivery report that cannot exist: "there is none" is the answer to a request that was let in. */
async function askService(sms: SmsClient, console: Console): Promise<Finding[]> {
  const { environment, abortSignal } = console;
  let date: string | undefined;
  const startedAt = environment.now().getTime();
  let access: Finding;
  try {
    await sms.getDeliveryReport(randomUUID(), {
      abortSignal,
      requestOptions: { timeout: timeoutInMs },
      onResponse: ({ headers }) => (date = headers.get("date")),
    });
    const took = environment.now().getTime() - startedAt;
    access = { check: "access", status: "ok", message: `The service let us in, and answered in ${took} ms.` };
  } catch (error) {
    throwIfAborted(abortSignal);
    access = refusal(error, console);
  }
  // The answer was written some time between the question and now.
  const middle = (startedAt + environment.now().getTime()) / 2;
  return [access, ...clockFinding(date, middle)];
}

function refusal(error: unknown, console: Console): Finding {
  const check = "access";
  const message = messageOf(error, console.secrets);
  const statusCode = statusOf(error);
  if (statusCode === 401 || statusCode === 403) {
    const advice =
      "Copy the connection string anew from the resource's keys, or give the identity a role on it.";
    return { check, status: "fail", message, advice };
  }
  if (statusCode !== undefined) {
    return {
      check,
      status: "warn",
      message,
      advice: "The service was reached; try again, or look at its status.",
    };
  }
  return {
    check,
    status: "fail",
    message,
    advice: "Look at the endpoint, the network, proxies and firewalls.",
  };
}

function statusOf(error: unknown): number | undefined {
  const isRefusal = error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
  return isRefusal ? Number(error.statusCode) : undefined;
}
