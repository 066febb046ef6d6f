import { setImmediate as nextTurn } from "node:timers/promises";
import type { MessageLog } from "../../insights/message-log.js";
import { SqliteMessageLog } from "../../insights/sqlite-message-log.js";
import type { EmulatorMessage } from "../journal/emulator-message.js";
import { observationsOf, type IntentOf } from "./observations.js";

/**
 * Where the messages are, and what their words ask for. It is given and not imported: what is loaded later than the emulator
 * would tear pieces out of it otherwise.
 */
export interface InsightsSource {
  /** The newest, oldest first. */
  readonly messages: () => readonly EmulatorMessage[];
  /** How many those are at most. */
  readonly mostMessages: number;
  readonly intentOf: IntentOf;
}

/** How many messages are told before others have their turn: some milliseconds of work. */
const toldAtOnce = 200;

/** Of so many times the messages of the journal, those that it has forgotten are forgotten here too. */
const mostTold = 1.25;

/**
 * A message log in memory of what the journal has. It learns what is new there when it is asked, and not before, so that it costs
 * nothing between two questions; and as the journal's messages are never changed, what is new is another object.
 */
export class JournalLog {
  readonly #source: InsightsSource;
  readonly #told = new Map<string, EmulatorMessage>();
  #log = new SqliteMessageLog(":memory:");
  #turn: Promise<unknown> = Promise.resolve();

  constructor(source: InsightsSource) {
    this.#source = source;
  }

  /** Asks the log, once it knows what the journal has at this moment, and after what was asked before. */
  async ask<T>(question: (log: MessageLog) => Promise<T>): Promise<T> {
    const kept = this.#source.messages();
    const answer = this.#turn.then(async () => {
      await this.#learn(kept);
      return question(this.#log);
    });
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** Forgets all, after what was asked before. */
  clear(): void {
    this.#turn = this.#turn.then(async () => this.#beginAnew());
  }

  /** Ends after what was asked before. */
  async dispose(): Promise<void> {
    await this.#turn;
    await this.#log[Symbol.asyncDispose]();
  }

  async #learn(kept: readonly EmulatorMessage[]): Promise<void> {
    const others = kept.filter(({ id }) => !this.#told.has(id)).length;
    if (this.#told.size + others > mostTold * this.#source.mostMessages) await this.#beginAnew();
    const news = kept.filter((message) => this.#told.get(message.id) !== message);
    for (let start = 0; start < news.length; start += toldAtOnce) {
      await this.#tell(news.slice(start, start + toldAtOnce));
      await nextTurn();
    }
  }

  async #tell(messages: readonly EmulatorMessage[]): Promise<void> {
    for (const message of messages) {
      this.#told.set(message.id, message);
      for (const observation of observationsOf(message, this.#source.intentOf))
        this.#log.observe(observation);
    }
    await this.#log.flush();
  }

  async #beginAnew(): Promise<void> {
    const old = this.#log;
    this.#log = new SqliteMessageLog(":memory:");
    this.#told.clear();
    await old[Symbol.asyncDispose]();
  }
}
