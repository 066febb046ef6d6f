import type { EmulatorRequest } from "../../../emulator/server/request-log.js";

/** A request to the emulator, in a line: `12:30:05 POST /sms 2026-01-23 → 202 (2 recipients)`. */
export function requestLine(request: EmulatorRequest): string {
  const { at, method, path, apiVersion, status, signature, recipients, fault } = request;
  const remarks = [
    ...(recipients > 0 ? [recipients === 1 ? "1 recipient" : `${recipients} recipients`] : []),
    ...(signature === "valid" || signature === "unchecked" ? [] : [`signature: ${signature}`]),
    ...(fault === undefined ? [] : [`fault: ${fault}`]),
  ];
  const what = [
    at.toTimeString().slice(0, 8),
    method,
    path,
    ...(apiVersion === undefined ? [] : [apiVersion]),
  ];
  const outcome = status === 0 ? "connection ended" : String(status);
  return `${what.join(" ")} → ${outcome}${remarks.length === 0 ? "" : ` (${remarks.join(", ")})`}`;
}
