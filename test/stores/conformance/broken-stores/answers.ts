import type {
  SuppressionEntry,
  SuppressionStoreOptions,
} from "../../../../src/suppression/suppression-store.js";
import { wrong } from "../../../support/wrong.js";
import { MapStore, pageSize } from "../map-store.js";
import type { StoreBreakage } from "./breakage.js";

type Entries = readonly SuppressionEntry[];
type Options = SuppressionStoreOptions;

/** Stores that answer wrongly. */
export const wrongAnswers: readonly StoreBreakage[] = [
  {
    what: "a batch comes back reordered",
    fails: "reading",
    message: /`find` must answer in the order of the question/,
    Store: class extends MapStore {
      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return (await super.find(recipients, options)).toReversed();
      }
    },
  },
  {
    what: "a batch comes back sorted by recipient",
    fails: "reading",
    message: /`find` must answer in the order of the question/,
    Store: class extends MapStore {
      override find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return super.find(recipients.toSorted(), options);
      }
    },
  },
  {
    what: "a short answer: strangers are left out",
    fails: "reading",
    message: /one list for each of 300 recipients, got a list of 150/,
    Store: class extends MapStore {
      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return (await super.find(recipients, options)).filter((entries) => entries.length > 0);
      }
    },
  },
  {
    what: "a short answer: who is asked for twice is answered once",
    fails: "batches",
    message: /one list for each of 6 recipients, got a list of 3/,
    Store: class extends MapStore {
      override find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        return super.find([...new Set(recipients)], options);
      }
    },
  },
  {
    what: "of a large question only the first page is answered",
    fails: "batches",
    message: /In a large question every recipient must be answered/,
    Store: class extends MapStore {
      override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
        const found = await super.find(recipients, options);
        return found.map((entries, index) => (index < pageSize ? entries : []));
      }
    },
  },
  {
    what: "the answers of `record` come back reordered",
    fails: "batches",
    message: /The answers of `record` must be in the order of its entries/,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        return (await super.record(entries, options)).toReversed();
      }
    },
  },
  {
    what: "`record` is always `true`",
    fails: "repetition",
    message: /The same fact again must be answered `false`/,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        return (await super.record(entries, options)).map(() => true);
      }
    },
  },
  {
    what: "`record` is always `false`",
    fails: "reading",
    message: /`record` must answer `true` where an entry became the newest/,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        return (await super.record(entries, options)).map(() => false);
      }
    },
  },
  {
    what: "`record` answers with numbers",
    fails: "reading",
    message: /`record` must answer with one boolean for each of 1 entries/,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        const changed = await super.record(entries, options);
        return changed.map((became) => wrong<boolean>(became ? 1 : 0));
      }
    },
  },
  {
    what: "times are texts",
    fails: "reading",
    message: /The times of an entry must be valid `Date`s/,
    Store: class extends MapStore {
      protected override given(entry: SuppressionEntry): SuppressionEntry {
        return { ...entry, at: wrong(entry.at.toISOString()) };
      }
    },
  },
];
