import type { StoreAddress } from "../../stores/open-store.js";

/** A server to test with. */
export interface Service extends AsyncDisposable {
  /** How a client reaches it. */
  readonly url: string;
  /** A place for data of one test's own, made ready to be opened. What is in it goes when the service is disposed of. */
  readonly place: () => Promise<StoreAddress>;
}

/** A server of the test's own, on a free port and in a folder of its own, that can be stopped half way. */
export interface OwnService extends Service {
  /** Ends the server, hard; its data stays where a server of its kind keeps any. */
  readonly stop: () => Promise<void>;
  /** Starts it again, on the same port and data. */
  readonly start: () => Promise<void>;
}

/**
 * Says that a service cannot be had. Where `CI` is `true` that is a failure; elsewhere the suite that needs it says so
 * aloud and is skipped.
 *
 * @returns `undefined`, for `describe.skipIf(service === undefined)`.
 */
export function unavailable(name: string, why: string): undefined {
  const message = `NOT TESTED: ${name} cannot be had here (${why}).`;
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(message);
  return undefined;
}
