import type { SignatureVerdict } from "./authentication/verdict.js";

/** A request that reached the emulator. Neither its headers nor its body are kept. */
export interface EmulatorRequest {
  /** When it had arrived whole. */
  readonly at: Date;
  readonly method: string;
  /** As it came, without the query. */
  readonly path: string;
  /** The query parameter `api-version`, when there is one. */
  readonly apiVersion?: string;
  /** The HTTP status that it was answered with. */
  readonly status: number;
  readonly signature: SignatureVerdict;
  /** How many recipients its body named; 0 when the body was not read. */
  readonly recipients: number;
}
