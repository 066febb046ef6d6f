import type { Summary } from "../../insights/summary.js";
import { JournalLog, type InsightsSource } from "./journal-log.js";
import { readQuestion, type Query } from "./read-question.js";
import { timeUnitFor } from "./time-unit.js";

/** Answers about the messages that the journal has. */
export class Figures {
  readonly #source: InsightsSource;
  readonly #log: JournalLog;

  constructor(source: InsightsSource) {
    this.#source = source;
    this.#log = new JournalLog(source);
  }

  /**
   * The figures of a range.
   *
   * @throws (by rejection) TypeError or RangeError for parameters that are none.
   */
  async summary(query: Query, now: Date): Promise<Summary> {
    const question = readQuestion(query, now, this.#oldest());
    return this.#log.ask(async (log) => log.summarize(question));
  }

  /**
   * The same as a page for people.
   *
   * @throws (by rejection) the same.
   */
  async report(query: Query, now: Date): Promise<string> {
    const { groupBy: _, ...range } = readQuestion(query, now, this.#oldest());
    const unit = timeUnitFor(range.to.getTime() - range.from.getTime());
    const { renderReport } = await import("../../insights/report/render-report.js");
    const [byCampaign, byTime] = await this.#log.ask(async (log) => [
      await log.summarize({ ...range, groupBy: ["tag"] }),
      await log.summarize({ ...range, groupBy: [unit] }),
    ]);
    return renderReport(byCampaign, { title: "Messages of the emulator", byTime });
  }

  /** Forgets the messages. */
  clear(): void {
    this.#log.clear();
  }

  async dispose(): Promise<void> {
    await this.#log.dispose();
  }

  #oldest(): Date | undefined {
    return this.#source.messages()[0]?.at;
  }
}
