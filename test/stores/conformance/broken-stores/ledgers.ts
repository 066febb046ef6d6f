import { setImmediate as roundTrip } from "node:timers/promises";

import type {
  SuppressionEntry,
  SuppressionStoreOptions,
} from "../../../../src/suppression/suppression-store.js";
import { wrong } from "../../../support/wrong.js";
import { entryOf, MapStore, pageSize } from "../map-store.js";
import type { StoreBreakage } from "./breakage.js";

type Options = SuppressionStoreOptions;
type List = AsyncGenerator<SuppressionEntry, void>;

/** Lets one reader at a time read, and forgets those that leave early. */
class OneReader extends MapStore {
  #isRead = false;

  override async *history(recipient: string, options?: Options): List {
    while (this.#isRead) await roundTrip();
    this.#isRead = true;
    for await (const entry of super.history(recipient, options)) yield entry;
    this.#isRead = false;
  }
}

/** Stores whose history or list of everybody is wrong. */
export const wrongLedgers: readonly StoreBreakage[] = [
  {
    what: "the history has a fact each time it comes",
    fails: "history",
    message: /A repeated fact was doubled/,
    Store: class extends MapStore {
      protected override append(entry: SuppressionEntry): void {
        entryOf(this.database.history, entry.recipient, () => []).push(entry);
      }
    },
  },
  {
    what: "the history loses superseded facts",
    fails: "history",
    message: /The history lost a superseded fact/,
    Store: class extends MapStore {
      protected override put(entry: SuppressionEntry): boolean {
        const became = this.replace(entry);
        if (became) this.append(entry);
        return became;
      }
    },
  },
  {
    what: "the history has its times as text",
    fails: "history",
    message: /The times of an entry must be valid `Date`s/,
    Store: class extends MapStore {
      override async *history(recipient: string, options?: Options): List {
        for await (const entry of super.history(recipient, options))
          yield { ...entry, recordedAt: wrong(entry.recordedAt.toISOString()) };
      }
    },
  },
  {
    what: "the history is what is known now",
    fails: "history",
    message: /The history lost a superseded fact/,
    Store: class extends MapStore {
      override async *history(recipient: string, options?: Options): List {
        const [found = []] = await this.find([recipient], options);
        yield* found;
      }
    },
  },
  {
    what: "the history is in the order of time",
    fails: "history",
    message: /The history lost a superseded fact: it must hold every one, in the order of arrival/,
    Store: class extends MapStore {
      protected override append(entry: SuppressionEntry): void {
        super.append(entry);
        this.database.history.get(entry.recipient)?.sort((a, b) => a.at.getTime() - b.at.getTime());
      }
    },
  },
  {
    what: "a long history is cut after a page",
    fails: "history",
    message: /A long history was cut/,
    Store: class extends MapStore {
      override async *history(recipient: string, options?: Options): List {
        let count = 0;
        for await (const entry of super.history(recipient, options)) if (count++ < pageSize) yield entry;
      }
    },
  },
  {
    what: "a reader who leaves early keeps others from reading",
    fails: "history",
    message: /`history` hung/,
    Store: OneReader,
  },
  {
    what: "`entries` ends after a page",
    fails: "paging",
    message: /`entries` left out 1500 of 2500 recipients/,
    Store: class extends MapStore {
      override async *entries(options?: Options): List {
        const recipients = new Set<string>();
        for await (const entry of super.entries(options))
          if (recipients.add(entry.recipient).size <= pageSize) yield entry;
      }
    },
  },
  {
    what: "`entries` lists some twice",
    fails: "paging",
    message: /list all entries of one recipient together, and nobody twice/,
    Store: class extends MapStore {
      override async *entries(options?: Options): List {
        const first: SuppressionEntry[] = [];
        for await (const entry of super.entries(options)) {
          if (first.length < 3) first.push(entry);
          yield entry;
        }
        yield* first;
      }
    },
  },
  {
    what: "`entries` lists one entry twice in a row",
    fails: "paging",
    message: /`entries` must list exactly what `find` answers/,
    Store: class extends MapStore {
      override async *entries(options?: Options): List {
        let count = 0;
        for await (const entry of super.entries(options)) {
          yield entry;
          if (count++ === 2) yield entry;
        }
      }
    },
  },
  {
    what: "`entries` goes by sender",
    fails: "paging",
    message: /list all entries of one recipient together/,
    Store: class extends MapStore {
      override async *entries(options?: Options): List {
        const all: SuppressionEntry[] = [];
        for await (const entry of super.entries(options)) all.push(entry);
        yield* all.sort((a, b) => (a.state < b.state ? -1 : 1));
      }
    },
  },
  {
    what: "`entries` lists superseded ones too",
    fails: "paging",
    message: /`entries` must list exactly what `find` answers/,
    Store: class extends MapStore {
      override async *entries(options?: Options): List {
        for (const recipient of this.database.newest.keys()) yield* this.history(recipient, options);
      }
    },
  },
  {
    what: "a ledger has no `entries`",
    fails: "reading",
    message: /A ledger must have both `history` and `entries`, and this has `history`/,
    Store: class extends MapStore {
      constructor(...args: ConstructorParameters<typeof MapStore>) {
        super(...args);
        return new Proxy(this, {
          has: (store, name) => name !== "entries" && name in store,
          get: (store, name) => bound(Reflect.get(store, name), store),
        });
      }
    },
  },
];

function bound(value: unknown, store: object): unknown {
  return typeof value === "function" ? value.bind(store) : value;
}
