import { expected } from "../errors/expected.js";
import { SmsError } from "../errors/sms-error.js";
import { redact } from "../privacy/safe-error.js";
import type {
  OptOutAnswer,
  OptOutOperation,
  SmsOperationOptions,
  SmsTransport,
} from "../transport/sms-transport.js";
import { withAbortSignal } from "./abort-signal.js";
import { matchAnswers } from "./match-answers.js";
import { checkedList } from "./recipients.js";
import { splitEvery } from "./split-every.js";

/** What became of one entry of the service's list. */
export interface OptOutResult {
  /** The recipient. */
  readonly to: string;
  /** 200 where it was done. */
  readonly httpStatusCode: number;
  /** Empty where it was done. */
  readonly errorMessage?: string;
  /** Why it was not done. */
  readonly error?: Error;
}

/** What the service's list says of one recipient. */
export interface OptOutCheckResult extends OptOutResult {
  /** Left out where the check failed: that is not "not opted out". */
  readonly isOptedOut?: boolean;
}

/**
 * The service's own opt-out list, which it keeps for senders it is enabled for (toll-free numbers of allow-listed
 * resources, as documented). It knows nothing of the client's suppression list, and no history.
 */
export interface OptOutsClient {
  /**
   * Puts recipients on the list, so that the service blocks what `from` sends them.
   *
   * @param to - Any number of recipients, in E.164; sent in requests of at most 100.
   * @returns One result for each recipient, in order.
   * @throws TypeError for malformed arguments; RestError where the service refuses a request.
   */
  add(from: string, to: readonly string[], options?: SmsOperationOptions): Promise<OptOutResult[]>;
  /** Takes recipients off the list. As {@link OptOutsClient.add}. */
  remove(from: string, to: readonly string[], options?: SmsOperationOptions): Promise<OptOutResult[]>;
  /**
   * Asks whether recipients are on the list. As {@link OptOutsClient.add}; a result whose check failed has its `error`
   * and no `isOptedOut`.
   */
  check(from: string, to: readonly string[], options?: SmsOperationOptions): Promise<OptOutCheckResult[]>;
}

/** The service's list, worked on through a transport. */
export class TransportOptOuts implements OptOutsClient {
  readonly #transport: SmsTransport;

  constructor(transport: SmsTransport) {
    this.#transport = transport;
  }

  async add(from: string, to: readonly string[], options: SmsOperationOptions = {}): Promise<OptOutResult[]> {
    return (await this.#each("add", from, to, options)).map(toResult);
  }

  async remove(
    from: string,
    to: readonly string[],
    options: SmsOperationOptions = {},
  ): Promise<OptOutResult[]> {
    return (await this.#each("remove", from, to, options)).map(toResult);
  }

  async check(
    from: string,
    to: readonly string[],
    options: SmsOperationOptions = {},
  ): Promise<OptOutCheckResult[]> {
    return (await this.#each("check", from, to, options)).map(toCheckResult);
  }

  async #each(
    operation: OptOutOperation,
    from: string,
    to: readonly string[],
    options: SmsOperationOptions,
  ): Promise<OptOutAnswer[]> {
    if (typeof from !== "string" || from === "") throw expected("from", "a sender", from);
    this.#transport.assertUsable(options);
    const batches = splitEvery(this.#transport.maxRecipients, checkedList("to", to));
    return withAbortSignal(options.abortSignal, async (abortSignal) => {
      const answers: OptOutAnswer[] = [];
      for (const batch of batches) {
        const said = await this.#transport.optOuts(operation, from, batch, { ...options, abortSignal });
        const matched = matchAnswers(batch, said);
        answers.push(...batch.map((number, index) => matched[index] ?? { to: number, httpStatusCode: 0 }));
      }
      return answers;
    });
  }
}

function toResult({ to, httpStatusCode, errorMessage = "" }: OptOutAnswer): OptOutResult {
  if (httpStatusCode >= 200 && httpStatusCode < 300) return { to, httpStatusCode, errorMessage };
  const text = redact(errorMessage) || "The service's answer says nothing about this recipient.";
  const code = httpStatusCode === 0 ? "answer-incomplete" : "recipient-rejected";
  return { to, httpStatusCode, errorMessage: text, error: new SmsError(code, text) };
}

function toCheckResult(answer: OptOutAnswer): OptOutCheckResult {
  const result = toResult(answer);
  if (result.error !== undefined) return result;
  if (answer.isOptedOut !== undefined) return { ...result, isOptedOut: answer.isOptedOut };
  return toResult({ to: answer.to, httpStatusCode: 0 });
}
