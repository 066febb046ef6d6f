import { hash } from "node:crypto";
import { answer, type Answer } from "./answers.js";
import { apiVersions, type ApiVersion } from "./api-versions.js";
import { invalidFields, tooManyRequests, unauthorized } from "./error-answers.js";
import { outgoingMessageId } from "../carriers/message-ids.js";
import { carry } from "../carriers/network.js";
import { isPhoneNumber, looksLikePhoneNumber } from "../numbers.js";
import { connectErrors } from "./messaging-connect.js";
import type { Call, Operation } from "./operation.js";
import type { Outgoing } from "../carriers/outgoing.js";
import { judgeRepeat, type Ruling } from "./repeatability.js";
import { measure } from "../carriers/segments.js";
import { readSendBody, type SendBody, type SendRecipient } from "./send-body.js";
import { isSenderFormat } from "../senders.js";
import type { Overlaps } from "./under-way.js";
import type { World } from "../world.js";

/** `POST /sms`. */
export const sendMessages: Operation = {
  method: "POST",
  path: "/sms",
  versions: apiVersions,
  answer: send,
};

/** An item of the answer. The keys are made in the order of the wire. */
interface SendItem {
  readonly to: string;
  readonly messageId?: string;
  readonly httpStatusCode: number;
  readonly repeatabilityResult?: "accepted" | "rejected";
  readonly errorMessage?: string;
  readonly successful: boolean;
}

/** What the messages of one request have in common. */
interface Shipment {
  readonly version: ApiVersion;
  readonly at: Date;
  readonly fingerprint: string;
  readonly overlaps: Overlaps;
  readonly message: Omit<Outgoing, "messageId" | "to">;
}

function send(call: Call, world: World): Answer {
  const { json, version } = call;
  const body = readSendBody(json, version);
  if ("errors" in body) return invalidFields(version, body.errors);
  const sender = world.senders.get(body.from);
  if (sender === undefined) return refuseSender(body.from, version);
  const errors = connectErrors(sender, body.smsSendOptions?.messagingConnect);
  if (errors !== undefined) return invalidFields(version, errors);
  const waitInMs = world.limiter.take(sender, body.smsRecipients.length, world.clock.now().getTime());
  if (waitInMs !== undefined) return throttle(waitInMs, world);
  const shipment = pack(body, call, world);
  // 202 even when every recipient failed: only the items tell.
  return answer(202, { value: body.smsRecipients.map((recipient) => sendTo(recipient, shipment, world)) });
}

/** 2021-03-07 looks at the format first; newer answers are 401 for an odd `from` as for a stranger's `[WIRE]`. */
function refuseSender(from: string, version: ApiVersion): Answer {
  if (version.refusal === "problem-details" || isSenderFormat(from)) return unauthorized();
  return invalidFields(version, { From: ["Invalid from phone number format."] });
}

function throttle(waitInMs: number, { settings }: World): Answer {
  return tooManyRequests(settings.rateLimits?.retryAfter === true ? Math.ceil(waitInMs / 1000) : undefined);
}

function pack(body: SendBody, { version, overlaps }: Call, { clock, settings }: World): Shipment {
  const { from, message, smsSendOptions } = body;
  const tag = smsSendOptions?.tag;
  const at = clock.now();
  const timeoutInSeconds =
    smsSendOptions?.deliveryReportTimeoutInSeconds ?? settings.deliveryReportTimeoutInSeconds;
  return {
    version,
    at,
    overlaps,
    fingerprint: hash("sha256", JSON.stringify([from, message, smsSendOptions]), "base64"),
    message: {
      from,
      message,
      ...measure(message),
      acceptedAt: at,
      wantsReport: smsSendOptions?.enableDeliveryReport ?? false,
      reportTimeoutInMs: timeoutInSeconds * 1000,
      ...(typeof tag === "string" ? { tag } : {}),
    },
  };
}

function sendTo(recipient: SendRecipient, shipment: Shipment, world: World): SendItem {
  const { to } = recipient;
  // A recipient that fails here was never looked at for repeatability and has no result of it `[WIRE]`.
  if (!isPhoneNumber(to)) return badNumber(to, shipment.version);
  if (world.recipients.get(to)?.httpStatusCode === 503) return unavailable(to);
  const ruling = judge(recipient, shipment, world);
  if (ruling.act === "reject") return rejected(to, ruling);
  if (ruling.act === "answer") return accepted(to, ruling.messageId, true);
  return accepted(to, ship(to, ruling.requestId, shipment, world), ruling.requestId !== undefined);
}

function judge(recipient: SendRecipient, { at, fingerprint, overlaps }: Shipment, world: World): Ruling {
  const circumstances = { fingerprint: `${recipient.to} ${fingerprint}`, now: at.getTime(), overlaps };
  return judgeRepeat(recipient, circumstances, world);
}

/** Gives the message to the network and answers its id. */
function ship(to: string, requestId: string | undefined, shipment: Shipment, world: World): string {
  const messageId = outgoingMessageId(shipment.at);
  if (requestId !== undefined) {
    const fingerprint = `${to} ${shipment.fingerprint}`;
    world.repeats.remember(requestId, { fingerprint, messageId }, shipment.at.getTime());
  }
  carry({ ...shipment.message, messageId, to }, world);
  return messageId;
}

function accepted(to: string, messageId: string, isRepeatable: boolean): SendItem {
  if (!isRepeatable) return { to, messageId, httpStatusCode: 202, successful: true };
  return { to, messageId, httpStatusCode: 202, repeatabilityResult: "accepted", successful: true };
}

function rejected(to: string, ruling: Extract<Ruling, { act: "reject" }>): SendItem {
  const { httpStatusCode, errorMessage } = ruling;
  return { to, httpStatusCode, repeatabilityResult: "rejected", errorMessage, successful: false };
}

/** Without a message id, as in the specification of 2026; that of 2021 has one `[SPEC]`. */
function unavailable(to: string): SendItem {
  return { to, httpStatusCode: 503, errorMessage: "ServiceUnavailable", successful: false };
}

/** The same bad number was answered with the first text until 2023 and with the second from 2024 on `[WIRE]`. */
function badNumber(to: string, version: ApiVersion): SendItem {
  const isOld = version.refusal === "bare" || !looksLikePhoneNumber(to);
  const errorMessage = isOld ? "Invalid To phone number format." : "Unknown country code.";
  return { to, httpStatusCode: 400, errorMessage, successful: false };
}
