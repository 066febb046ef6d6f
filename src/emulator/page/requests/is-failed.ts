import type { Request } from "../records.js";

/** Whether a request was refused, or not answered at all. */
export function isFailed({ status }: Pick<Request, "status">): boolean {
  return status === 0 || status >= 400;
}
