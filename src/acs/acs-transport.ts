import type { SmsDeliveryReport } from "../transport/delivery-report.js";
import type {
  OptOutAnswer,
  OptOutOperation,
  SmsAnswer,
  SmsBatch,
  SmsOperationOptions,
  SmsTransport,
} from "../transport/sms-transport.js";
import { readDeliveryReport, readOptOutAnswer, readSendAnswer } from "./answers.js";
import { fullVersion } from "./api-version.js";
import type { AcsChannel } from "./channel.js";
import type { PipelineClientOptions } from "./client-options.js";
import { isKeyCredential, type AcsCredential } from "./credential.js";
import { versionFor } from "./send-body.js";

/**
 * Azure Communication Services as a transport. The pipeline is loaded with the first call, so that creating a client
 * costs next to nothing.
 */
export class AcsTransport implements SmsTransport {
  readonly maxRecipients = 100;
  readonly #isInsecure: boolean;
  readonly #isToken: boolean;
  readonly #allowInsecureConnection: boolean;
  readonly #apiVersion: string | undefined;
  readonly #connect: () => Promise<AcsChannel>;
  #channel: Promise<AcsChannel> | undefined;

  constructor(endpoint: string, credential: AcsCredential, options: PipelineClientOptions) {
    this.#isInsecure = endpoint.startsWith("http:");
    this.#isToken = !isKeyCredential(credential);
    this.#allowInsecureConnection = options.allowInsecureConnection ?? false;
    this.#apiVersion = options.apiVersion;
    this.#connect = async () => {
      const { AcsChannel } = await import("./channel.js");
      return new AcsChannel(endpoint, credential, options);
    };
  }

  assertUsable({ requestOptions }: SmsOperationOptions): void {
    if (!this.#isInsecure) return;
    if (this.#isToken)
      throw new TypeError("Expected `endpoint` to be https: a token is never sent over http.");
    if (requestOptions?.allowInsecureConnection ?? this.#allowInsecureConnection) return;
    throw new TypeError("Expected `endpoint` to be https, or `allowInsecureConnection` to be true.");
  }

  async send(batch: SmsBatch, options: SmsOperationOptions): Promise<readonly SmsAnswer[]> {
    const apiVersion = this.#apiVersion ?? versionFor(batch.message);
    const channel = await this.#connected();
    const { bodyAsText } = await channel.send({ method: "POST", path: "/sms", apiVersion, batch }, options);
    return readSendAnswer(bodyAsText);
  }

  async optOuts(
    operation: OptOutOperation,
    from: string,
    recipients: readonly string[],
    options: SmsOperationOptions,
  ): Promise<readonly OptOutAnswer[]> {
    const apiVersion = this.#apiVersion ?? fullVersion;
    const body = JSON.stringify({ from, recipients: recipients.map((to) => ({ to })) });
    const channel = await this.#connected();
    const path = `/sms/optouts:${operation}`;
    const { bodyAsText } = await channel.send({ method: "POST", path, apiVersion, body }, options);
    return readOptOutAnswer(bodyAsText);
  }

  async deliveryReport(
    messageId: string,
    options: SmsOperationOptions,
  ): Promise<SmsDeliveryReport | undefined> {
    const apiVersion = this.#apiVersion ?? fullVersion;
    const channel = await this.#connected();
    const path = `/deliveryReports/${encodeURIComponent(messageId)}`;
    const call = { method: "GET", path, apiVersion, expectedStatus: 404 } as const;
    const { status, bodyAsText } = await channel.send(call, options);
    return status === 404 ? undefined : readDeliveryReport(bodyAsText);
  }

  /** Where it fails the next call tries again: a process that has too many files open cannot load it just then. */
  #connected(): Promise<AcsChannel> {
    this.#channel ??= this.#connect().catch((error: unknown) => {
      this.#channel = undefined;
      throw error;
    });
    return this.#channel;
  }
}
