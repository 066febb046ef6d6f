import { readFile, rename, writeFile } from "node:fs/promises";
import type { News } from "../journal/changes.js";
import type { World } from "../world.js";
import { readState, writeState, type SavedState } from "./saved-state.js";

/** Several changes that follow each other are written once. */
const leastRestInMs = 200;
/** Writing much takes long: most of the time is to be left to the emulator. */
const restPerWriting = 10;

/** What changes nothing of what is kept. */
const unkept: ReadonlySet<News["topic"]> = new Set(["request", "delivery", "dead-letter", "faults", "clock"]);

/**
 * The state in a file.
 *
 * @returns `undefined` when there is no file yet.
 * @throws The system's error when it cannot be read; Error when it holds something else, which is not overwritten.
 */
export async function loadState(path: string): Promise<SavedState | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const state = readState(text);
  if (state === undefined) {
    throw new Error("Expected `stateFile` to hold an emulator's state, got a file with something else");
  }
  return state;
}

/** Keeps a file up to date with a world, from now on. */
export class StateFile {
  readonly #path: string;
  readonly #world: World;
  readonly #unwatch: () => void;
  #timer: NodeJS.Timeout | undefined;
  #restInMs = leastRestInMs;
  /** One write after the other. */
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, world: World) {
    this.#path = path;
    this.#world = world;
    this.#unwatch = world.journal.watch(({ topic }) => {
      if (!unkept.has(topic)) this.#timer ??= setTimeout(() => this.#saveLater(), this.#restInMs);
    });
  }

  /**
   * Writes for the last time.
   *
   * @throws The system's error when that failed.
   */
  async close(): Promise<void> {
    this.#unwatch();
    clearTimeout(this.#timer);
    await this.save();
  }

  /**
   * Writes the state as it is by then.
   *
   * @throws The system's error.
   */
  save(): Promise<void> {
    const write = (): Promise<void> => this.#write();
    return (this.#writing = this.#writing.then(write, write));
  }

  /** A write that failed is tried again with the next change; the last one tells. */
  #saveLater(): void {
    this.#timer = undefined;
    this.save().catch(() => undefined);
  }

  /** Beside it first, so that the file is whole at any moment. */
  async #write(): Promise<void> {
    const startedAt = performance.now();
    const fresh = `${this.#path}.new`;
    await writeFile(fresh, writeState(this.#world), { mode: 0o600 });
    await rename(fresh, this.#path);
    this.#restInMs = Math.max(leastRestInMs, (performance.now() - startedAt) * restPerWriting);
  }
}
