import type { SignatureVerdict } from "../authentication/verdict.js";
import type { RequestFault } from "../faults/request-faults.js";

/** A request that reached the emulator. Neither its headers nor its body are kept. */
export interface EmulatorRequest {
  /** When it had arrived whole. */
  readonly at: Date;
  readonly method: string;
  /** As it came, without the query. */
  readonly path: string;
  /** The query parameter `api-version`, when there is one. */
  readonly apiVersion?: string;
  /** The HTTP status that it was answered with; 0 when a fault ended the connection instead. */
  readonly status: number;
  readonly signature: SignatureVerdict;
  /** How many recipients its body named; 0 when the body was not read. */
  readonly recipients: number;
  /** What hit it, when something did. */
  readonly fault?: RequestFault;
}
