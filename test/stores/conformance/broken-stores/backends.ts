import type {
  SuppressionEntry,
  SuppressionStoreOptions,
} from "../../../../src/suppression/suppression-store.js";
import { MapStore } from "../map-store.js";
import type { StoreBreakage } from "./breakage.js";

type Entries = readonly SuppressionEntry[];
type Options = SuppressionStoreOptions;
type List = AsyncGenerator<SuppressionEntry, void>;

const swallowed = { fails: "failure", message: /A store swallowed its backend's error/ };
const lost = { fails: "failure", message: /A store acknowledged what its backend did not take/ };
const cut = { fails: "failure of a ledger", message: /A list ended early where it could not be read on/ };
const hung = { fails: "failure", message: /hung: it did not settle within/ };
const ignored = { fails: "abort", message: /A signal that was aborted before the call/ };
const shared = { fails: "copies", message: /The store and its caller hold the same object/ };

/** Stores that hide what goes wrong behind them, hear nothing, or share what is theirs. */
export const wrongBackends: readonly StoreBreakage[] = [
  {
    what: "an error is swallowed: nobody opted out",
    ...swallowed,
    Store: class extends MapStore {
      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return super.find(recipients, options).catch(() => recipients.map(() => []));
      }
    },
  },
  {
    what: "an error is swallowed: an empty list",
    ...swallowed,
    Store: class extends MapStore {
      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return super.find(recipients, options).catch(() => []);
      }
    },
  },
  {
    what: "an error is swallowed: what was known last",
    ...swallowed,
    Store: class extends MapStore {
      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return super
          .find(recipients, options)
          .catch(() => recipients.map((recipient) => this.newestOf(recipient)));
      }
    },
  },
  {
    what: "an error is swallowed the second time",
    ...swallowed,
    Store: class extends MapStore {
      #failed = false;

      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return super.find(recipients, options).catch((error: unknown) => {
          if (this.#failed) return recipients.map(() => []);
          this.#failed = true;
          throw error;
        });
      }
    },
  },
  {
    what: "an error is swallowed when recording",
    ...lost,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        return super.record(entries, options).catch(() => entries.map(() => false));
      }
    },
  },
  {
    what: "what a store rejects with is no error",
    fails: "failure",
    message: /What a call rejects with must be an `Error`/,
    Store: class extends MapStore {
      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        // oxlint-disable-next-line typescript/only-throw-error, typescript/prefer-promise-reject-errors -- that is what is wrong
        return super.find(recipients, options).catch(() => Promise.reject("no"));
      }
    },
  },
  {
    what: "an error is swallowed when reading the history",
    ...cut,
    Store: class extends MapStore {
      override async *history(recipient: string, options?: Options): List {
        if (!this.database.isBroken) yield* super.history(recipient, options);
      }
    },
  },
  {
    what: "an error is swallowed when listing everybody",
    ...cut,
    Store: class extends MapStore {
      override async *entries(options?: Options): List {
        if (!this.database.isBroken) yield* super.entries(options);
      }
    },
  },
  {
    what: "an error is swallowed when turning the page",
    ...cut,
    Store: class extends MapStore {
      override async *entries(options?: Options): List {
        let count = 0;
        try {
          for await (const entry of super.entries(options)) {
            count += 1;
            yield entry;
          }
        } catch (error) {
          if (count === 0) throw error;
        }
      }
    },
  },
  {
    what: "`find` hangs where the backend is gone",
    ...hung,
    Store: class extends MapStore {
      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return super.find(recipients, options).catch(forever);
      }
    },
  },
  {
    what: "`record` hangs where the backend is gone",
    ...hung,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        return super.record(entries, options).catch(forever);
      }
    },
  },
  {
    what: "a signal is ignored",
    ...ignored,
    Store: class extends MapStore {
      protected override reach(): Promise<void> {
        return super.reach();
      }
    },
  },
  {
    what: "a signal is heard after the recording",
    ...ignored,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        const changed = await super.record(entries);
        options?.abortSignal?.throwIfAborted();
        return changed;
      }
    },
  },
  {
    what: "a signal ends a list as if it were read",
    fails: "abort of a ledger",
    message: /A list ended early where it could not be read on/,
    Store: class extends MapStore {
      override async *entries(options?: Options): List {
        for await (const entry of super.entries(options)) {
          yield entry;
          if (options?.abortSignal?.aborted === true) return;
        }
      }
    },
  },
  {
    what: "what was aborted half way cannot be repeated",
    fails: "abort",
    message: /After a rejection the whole list is repeated/,
    Store: class extends MapStore {
      readonly #seen = new Set<SuppressionEntry>();

      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        const fresh = entries.filter((entry) => !this.#seen.has(entry));
        for (const entry of entries) this.#seen.add(entry);
        await this.reach(options);
        await this.reach(options);
        await super.record(fresh, options);
        return entries.map(() => true);
      }
    },
  },
  {
    what: "what is given is kept as it is",
    ...shared,
    Store: class extends MapStore {
      protected override taken(entry: SuppressionEntry): SuppressionEntry {
        return entry;
      }
    },
  },
  {
    what: "what is kept is given out",
    ...shared,
    Store: class extends MapStore {
      protected override given(entry: SuppressionEntry): SuppressionEntry {
        return entry;
      }
    },
  },
  {
    what: "the dates of what is kept are given out",
    ...shared,
    Store: class extends MapStore {
      protected override given(entry: SuppressionEntry): SuppressionEntry {
        return { ...entry };
      }
    },
  },
  {
    what: "the question is sorted in place",
    fails: "copies",
    message: /read only/,
    Store: class extends MapStore {
      override async find(recipients: string[], options?: Options): Promise<readonly Entries[]> {
        const found = await super.find(recipients, options);
        recipients.sort();
        return found;
      }
    },
  },
  {
    what: "disposing of it hangs",
    fails: "disposal",
    message: /dispose.* hung/i,
    Store: class extends MapStore {
      override [Symbol.asyncDispose](): Promise<void> {
        return forever();
      }
    },
  },
  {
    what: "disposing of it hangs where the backend is gone",
    fails: "failure",
    message: /dispose.* hung/i,
    Store: class extends MapStore {
      override async [Symbol.asyncDispose](): Promise<void> {
        if (this.database.isBroken) await forever();
      }
    },
  },
  {
    what: "disposing of it a second time fails",
    fails: "disposal",
    message: /Called end on pool more than once/,
    Store: class extends MapStore {
      override async [Symbol.asyncDispose](): Promise<void> {
        if (this.isDisposed) throw new Error("Called end on pool more than once");
        await super[Symbol.asyncDispose]();
      }
    },
  },
  {
    what: "after its disposal nobody has opted out",
    fails: "disposal",
    message: /A store that was disposed of must reject, or know what it knew/,
    Store: class extends MapStore {
      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return this.isDisposed ? recipients.map(() => []) : super.find(recipients, options);
      }
    },
  },
];

function forever(): Promise<never> {
  return new Promise(() => {});
}
