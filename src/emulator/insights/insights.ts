import type { Figures } from "./figures.js";
import type { InsightsSource } from "./journal-log.js";

/** This Node is too old for them. Told from other errors by its class: what was asked for was right. */
export class NoInsights extends Error {
  constructor() {
    super("Insights need Node 22.13 or newer, with node:sqlite.");
  }
}

/**
 * What the messages came to. Nothing of it is loaded or known until somebody asks, and nothing in the emulated world depends
 * on it.
 */
export class Insights {
  readonly #source: InsightsSource;
  #figures: Promise<Figures> | undefined;

  constructor(source: InsightsSource) {
    this.#source = source;
  }

  /** @throws (by rejection) {@link NoInsights}. */
  async figures(): Promise<Figures> {
    return (this.#figures ??= open(this.#source));
  }

  /** Forgets the messages; what was asked before is still answered. */
  clear(): void {
    void this.#figures?.then((open) => open.clear()).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#figures?.then(async (open) => open.dispose()).catch(() => undefined);
  }
}

/** The package has no other use for an older Node, but the emulator happens to run there. */
async function open(source: InsightsSource): Promise<Figures> {
  if (process.getBuiltinModule?.("node:sqlite") === undefined) throw new NoInsights();
  const { Figures } = await import("./figures.js");
  return new Figures(source);
}
