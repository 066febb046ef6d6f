import type { KeyCredential, TokenCredential } from "@azure/core-auth";

import { AcsTransport } from "../acs/acs-transport.js";
import type { PipelineClientOptions } from "../acs/client-options.js";
import { readClientArguments } from "../acs/client-arguments.js";
import { expected } from "../errors/expected.js";
import { checkedObservers } from "../observers/check-observers.js";
import type { SmsObserver } from "../observers/observer.js";
import { checkDefaultCountry } from "../phone-numbers/country.js";
import type { RateGate } from "../rates/rate-gate.js";
import type { SuppressionGate } from "../suppression/suppression-gate.js";
import type { SmsDeliveryReport } from "../transport/delivery-report.js";
import type { SmsOperationOptions } from "../transport/sms-transport.js";
import { withAbortSignal } from "./abort-signal.js";
import { TransportOptOuts, type OptOutsClient } from "./opt-outs.js";
import { checkedRateLimiter } from "./pace.js";
import { preview, type SmsPreview } from "./preview.js";
import { send, type SendDependencies } from "./send.js";
import type { SmsSendOptions, SmsSendRequest } from "./send-request.js";
import type { SmsSendResult } from "./send-result.js";

/** How an {@link SmsClient} works: what every Azure SDK client takes, and what is particular to texting. */
export interface SmsClientOptions extends PipelineClientOptions {
  /**
   * The `SuppressionList` that is asked before every attempt. Without one the client holds nobody back, as the official
   * client; it says so once in the log, with the first send.
   */
  suppression?: SuppressionGate | undefined;
  /**
   * Who says when each attempt may leave: a `RateLimiter` of `acs-sms/campaigns`, which campaigns and single messages
   * from one number share. Default: nobody, so that messages leave at once.
   */
  rateLimiter?: RateGate | undefined;
  /** Who is told what happened: logs, metrics. They never delay or fail a send. */
  observers?: readonly SmsObserver[] | undefined;
  /** The country of recipients given without a `+`, as ISO 3166-1 alpha-2, such as `"US"`. Default: none. */
  defaultCountry?: string | undefined;
  /**
   * How long the service can be expected to recognise a repeat, in seconds. Default: 300, as documented for other
   * services of Azure Communication Services; nothing is documented for SMS.
   */
  repeatabilityWindowInSeconds?: number | undefined;
}

const defaultRepeatabilityWindowInSeconds = 300;

/**
 * Sends text messages through Azure Communication Services, and never to a person on its suppression list.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
 *
 * const suppression = new SuppressionList(new MemorySuppressionStore());
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 * const [result] = await sms.send({ from: "+18005551234", to: ["+14255550123"], message: "Your order has shipped." });
 * console.log(result?.status); // "accepted"
 * ```
 */
export class SmsClient {
  /** The service's own opt-out list. */
  readonly optOuts: OptOutsClient;
  /** The list that is asked before every attempt. */
  readonly suppression: SuppressionGate | undefined;
  /** Who says when each attempt may leave. */
  readonly rateLimiter: RateGate | undefined;
  /** Who is told what happened. */
  readonly observers: readonly SmsObserver[];
  /** The country of recipients given without a `+`. */
  readonly defaultCountry: string | undefined;
  readonly #dependencies: SendDependencies;

  /**
   * @param connectionString - `endpoint=https://<resource>.communication.azure.com/;accesskey=<key>`, in any order.
   * @throws TypeError or RangeError that names what is malformed; the key is never shown.
   */
  constructor(connectionString: string, options?: SmsClientOptions);
  /**
   * @param endpoint - Such as `https://contoso.communication.azure.com`.
   * @param credential - An access key (`AzureKeyCredential`; a key changed in it is used from the next attempt on), or
   * an Entra ID credential (`@azure/identity`).
   */
  constructor(endpoint: string, credential: KeyCredential | TokenCredential, options?: SmsClientOptions);
  constructor(
    connectionStringOrEndpoint: string,
    credentialOrOptions?: KeyCredential | TokenCredential | SmsClientOptions,
    maybeOptions?: SmsClientOptions,
  ) {
    const { endpoint, credential, options } = readClientArguments<SmsClientOptions>(
      connectionStringOrEndpoint,
      credentialOrOptions,
      maybeOptions,
    );
    const { suppression, observers, defaultCountry, repeatabilityWindowInSeconds } = options;
    checkDefaultCountry(defaultCountry);
    const transport = new AcsTransport(endpoint, credential, options);
    this.optOuts = new TransportOptOuts(transport);
    this.suppression = checkedSuppression(suppression);
    this.rateLimiter = checkedRateLimiter(options.rateLimiter);
    this.observers = checkedObservers(observers);
    this.defaultCountry = defaultCountry;
    this.#dependencies = {
      transport,
      suppression: this.suppression,
      rateLimiter: this.rateLimiter,
      observers: this.observers,
      defaultCountry,
      repeatabilityWindowInMs: windowInMs(repeatabilityWindowInSeconds),
    };
  }

  /**
   * Sends one message to any number of recipients, in requests of at most 100, a few at a time.
   *
   * @returns One result for each recipient, in the order of `to`. One bad number spoils nobody else's.
   * @throws TypeError or RangeError for malformed arguments. Where no recipient at all got a verdict (`accepted`,
   * `rejected`, `suppressed`, `invalid`): the `RestError` of the service, an `AbortError`, or an `SmsError`; its
   * (non-enumerable) `results` say what is known of each recipient.
   */
  async send(request: SmsSendRequest, options: SmsSendOptions = {}): Promise<SmsSendResult[]> {
    // A copy, as not all of them are looked at before the first wait.
    return send(this.#dependencies, request, { ...options });
  }

  /**
   * What {@link SmsClient.send} would do, without sending: a verdict for each recipient, and what the text costs.
   *
   * @throws As `send`, for malformed arguments and a failed suppression store.
   */
  async preview(request: SmsSendRequest, options: SmsSendOptions = {}): Promise<SmsPreview> {
    return preview(this.#dependencies, request, { ...options });
  }

  /**
   * The delivery report of a message, or `undefined` while there is none (also for an id the service does not know).
   * Reports exist for messages sent with `enableDeliveryReport`.
   *
   * @throws RestError where the service refuses.
   */
  async getDeliveryReport(
    messageId: string,
    options: SmsOperationOptions = {},
  ): Promise<SmsDeliveryReport | undefined> {
    if (typeof messageId !== "string" || messageId === "")
      throw expected("messageId", "a non-empty string", messageId);
    this.#dependencies.transport.assertUsable(options);
    return withAbortSignal(options.abortSignal, (abortSignal) =>
      this.#dependencies.transport.deliveryReport(messageId, { ...options, abortSignal }),
    );
  }
}

function checkedSuppression(suppression: SuppressionGate | undefined): SuppressionGate | undefined {
  if (suppression === undefined) return undefined;
  if (typeof suppression?.check === "function" && typeof suppression.claimConfirmation === "function")
    return suppression;
  throw expected(
    "suppression",
    "a SuppressionList (a store goes into one: `new SuppressionList(store)`)",
    suppression,
  );
}

function windowInMs(seconds: number = defaultRepeatabilityWindowInSeconds): number {
  if (typeof seconds === "number" && seconds >= 0) return seconds * 1000;
  throw expected("repeatabilityWindowInSeconds", "a number of seconds of 0 or more", seconds);
}
