import { expectedRange } from "../../errors/expected.js";
import { logWarning } from "../../observers/log.js";
import { safeError } from "../../privacy/safe-error.js";
import { longestTimerInMs } from "../../timers/longest-timer.js";
import type { MessageLog, SummaryOptions } from "../message-log.js";
import type { SummaryFigures } from "../summary.js";
import type { Alert, AlertRule } from "./alert-rule.js";
import { checkRules, findAlerts } from "./find-alerts.js";

/** What is watched, and who is told. */
export interface WatchOptions {
  rules: readonly AlertRule[];
  /** Told when a rule begins to hold; again only after it did not for a while. */
  onAlert: (alert: Alert) => void | Promise<void>;
  /** Told what goes wrong: the log's database, or `onAlert`. Default: it goes to the log of Azure SDKs. */
  onError?: ((error: unknown) => void) | undefined;
  /** Which messages: as for `summarize`. Default: all. */
  where?: SummaryOptions["where"];
  /** The last so many minutes are looked at, and compared with as many before. Default: 60. */
  overMinutes?: number | undefined;
  /** How often, in seconds. Default: 60. */
  everySeconds?: number | undefined;
}

const minuteInMs = 60_000;

/**
 * Looks at the figures of a log again and again, and calls when something is wrong: so that somebody is woken, or a campaign
 * pauses itself.
 *
 * @returns What ends it: `await using watch = watchMessages(…)`, or `await watch[Symbol.asyncDispose]()`. Until then it keeps the
 * process alive.
 * @throws TypeError or RangeError for malformed options.
 *
 * @example
 * ```ts
 * import type { Campaign } from "acs-sms/campaigns";
 * import { watchMessages, type MessageLog } from "acs-sms/insights";
 *
 * export function guard(campaign: Campaign, tag: string, log: MessageLog): AsyncDisposable {
 *   return watchMessages(log, {
 *     where: { tag },
 *     rules: [
 *       { kind: "opt-out-rate", above: 0.03 },
 *       { kind: "delivery-rate", below: 0.8 },
 *       { kind: "failure-code", code: "4008", above: 0.05, times: 3 },
 *     ],
 *     onAlert: ({ message }) => {
 *       campaign.pause();
 *       console.error(`Paused: ${message}`);
 *     },
 *   });
 * }
 * ```
 */
export function watchMessages(log: MessageLog, options: WatchOptions): AsyncDisposable {
  const { rules, overMinutes = 60, everySeconds = 60 } = options;
  checkPositive("overMinutes", overMinutes);
  checkPositive("everySeconds", everySeconds);
  checkRules(rules);
  const watch = new Watch(log, { ...options, overMinutes });
  const timer = setInterval(() => void watch.look(), Math.min(everySeconds * 1000, longestTimerInMs));
  void watch.look();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await watch.done;
    },
  };
}

class Watch {
  readonly #log: MessageLog;
  readonly #options: WatchOptions & { readonly overMinutes: number };
  readonly #holding = new Set<AlertRule>();
  #isLooking = false;
  /** Resolves when the last look is over. */
  done: Promise<void> = Promise.resolve();

  constructor(log: MessageLog, options: WatchOptions & { readonly overMinutes: number }) {
    this.#log = log;
    this.#options = options;
  }

  /** Never rejects. One look at a time, as a database may be slow. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.done = this.#tell()
      .catch(async (error: unknown) => this.#report(error))
      .finally(() => (this.#isLooking = false));
    await this.done;
  }

  async #tell(): Promise<void> {
    const { rules, overMinutes } = this.#options;
    const now = Date.now();
    const figures = await this.#figures(now - overMinutes * minuteInMs, now);
    // The time before costs a second query, and is of use to rules about a rise alone.
    const isCompared = rules.some((rule) => rule.kind === "failure-code" && rule.times !== undefined);
    const before = isCompared
      ? await this.#figures(now - 2 * overMinutes * minuteInMs, now - overMinutes * minuteInMs)
      : undefined;
    const alerts = findAlerts(rules, figures, before);
    const news = alerts.filter(({ rule }) => !this.#holding.has(rule));
    this.#holding.clear();
    for (const { rule } of alerts) this.#holding.add(rule);
    for (const alert of news) await this.#alert(alert);
  }

  /** Whoever fails to hear of one is told of the others all the same: none of them is told again. */
  async #alert(alert: Alert): Promise<void> {
    try {
      await this.#options.onAlert(alert);
    } catch (error) {
      await this.#report(error);
    }
  }

  /** Who is told may fail, too, at once or later. */
  async #report(thrown: unknown): Promise<void> {
    const { onError = toLog } = this.#options;
    try {
      await Promise.resolve(onError(thrown));
    } catch (failure) {
      toLog(failure);
    }
  }

  async #figures(from: number, to: number): Promise<SummaryFigures> {
    const { where } = this.#options;
    const { total } = await this.#log.summarize({ from: new Date(from), to: new Date(to), where });
    return total;
  }
}

function toLog(error: unknown): void {
  void logWarning(`A watch of messages failed: ${safeError(error).message}`);
}

function checkPositive(name: string, number: number): void {
  if (Number.isFinite(number) && number > 0) return;
  throw expectedRange(name, "a number above 0", number);
}
