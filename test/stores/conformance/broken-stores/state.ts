import type {
  SuppressionEntry,
  SuppressionStoreOptions,
} from "../../../../src/suppression/suppression-store.js";
import { copyOf, entryOf, MapStore } from "../map-store.js";
import type { StoreBreakage } from "./breakage.js";

type Entries = readonly SuppressionEntry[];
type Options = SuppressionStoreOptions;

/** Stores that keep the wrong entry, or lose one. */
export const wrongState: readonly StoreBreakage[] = [
  {
    what: "arrival order wins",
    fails: "order",
    message: /Arrival order decided/,
    Store: class extends MapStore {
      protected override isNewer(): boolean {
        return true;
      }
    },
  },
  {
    what: "the time of writing wins",
    fails: "order",
    message: /written down later took the place of what was said later/,
    Store: class extends MapStore {
      protected override isNewer(entry: SuppressionEntry, known: SuppressionEntry): boolean {
        return entry.recordedAt > known.recordedAt;
      }
    },
  },
  {
    what: "an opt-in erases the opt-out",
    fails: "order",
    message: /A fact of one state erased one of the other/,
    Store: class extends MapStore {
      protected override replace(entry: SuppressionEntry): boolean {
        const became = super.replace(entry);
        if (became && entry.state === "opted-in")
          this.database.newest.get(entry.recipient)?.delete(this.place({ ...entry, state: "opted-out" }));
        return became;
      }
    },
  },
  {
    what: "the newer of both states is the only one",
    fails: "order",
    message: /A fact of one state erased one of the other/,
    Store: class extends MapStore {
      protected override place({ sender }: SuppressionEntry): string {
        return sender;
      }
    },
  },
  {
    what: "all senders share one state",
    fails: "order",
    message: /A fact about one sender displaced another sender's/,
    Store: class extends MapStore {
      protected override place({ state }: SuppressionEntry): string {
        return state;
      }
    },
  },
  {
    what: "all recipients share one state",
    fails: "reading",
    message: /`find` must answer in the order of the question/,
    Store: class extends MapStore {
      protected override key(): string {
        return "everybody";
      }
    },
  },
  {
    what: "ties are decided by arrival: the first stays",
    fails: "ties",
    message: /A tie was decided by arrival/,
    Store: class extends MapStore {
      protected override isNewer(entry: SuppressionEntry, known: SuppressionEntry): boolean {
        return entry.at > known.at;
      }
    },
  },
  {
    what: "ties are decided by arrival: the last stays",
    fails: "ties",
    message: /A tie was decided by arrival/,
    Store: class extends MapStore {
      protected override isNewer(entry: SuppressionEntry, known: SuppressionEntry): boolean {
        return entry.at >= known.at;
      }
    },
  },
  {
    what: "ties are decided by the source alone",
    fails: "ties",
    message: /A tie was decided by arrival/,
    Store: class extends MapStore {
      protected override isNewer(entry: SuppressionEntry, known: SuppressionEntry): boolean {
        const sources = ["import", "service", "delivery-report", "manual", "keyword"];
        const bySource = sources.indexOf(entry.source) - sources.indexOf(known.source);
        return entry.at > known.at || (entry.at.getTime() === known.at.getTime() && bySource > 0);
      }
    },
  },
  {
    what: "times lose their milliseconds",
    fails: "ties",
    message: /one millisecond newer must win/,
    Store: class extends MapStore {
      protected override taken(entry: SuppressionEntry): SuppressionEntry {
        return { ...copyOf(entry), at: new Date(Math.floor(entry.at.getTime() / 1000) * 1000) };
      }
    },
  },
  {
    what: "times are compared as text",
    fails: "ties",
    message: /A time before 1970, or far from now/,
    Store: class extends MapStore {
      protected override isNewer(entry: SuppressionEntry, known: SuppressionEntry): boolean {
        const [time, other] = [entry, known].map(({ at }) => String(at.getTime()));
        return time === other ? super.isNewer(entry, known) : String(time) > String(other);
      }
    },
  },
  {
    what: "a second entry of a list is lost",
    fails: "batches",
    message: /A list was recorded in part only/,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        await super.record(entries.slice(0, 1), options);
        return entries.map(() => true);
      }
    },
  },
  {
    what: "of a list the last about a sender and recipient is kept",
    fails: "batches",
    message: /Of several entries about one sender and recipient in a list the newest must stay/,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        const last = new Map(entries.map((entry) => [entry.recipient + this.place(entry), entry]));
        const kept = [...last.values()];
        const changed = await super.record(kept, options);
        return entries.map((entry) => changed[kept.indexOf(entry)] ?? true);
      }
    },
  },
  {
    what: "of a large list the rest is lost",
    fails: "batches",
    message: /A large list was recorded in part only/,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        await super.record(entries.slice(0, 1000), options);
        return entries.map(() => true);
      }
    },
  },
  {
    what: "one fact in a list is answered `true` each time",
    fails: "batches",
    message: /A fact three times in one list became the newest once, not 3 times/,
    Store: class extends MapStore {
      override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
        const unique = entries.filter(
          (entry, index) => entries.findIndex((other) => this.isSame(entry, other)) === index,
        );
        const changed = await super.record(unique, options);
        return entries.map(
          (entry) => changed[unique.findIndex((other) => this.isSame(entry, other))] === true,
        );
      }

      private isSame(a: SuppressionEntry, b: SuppressionEntry): boolean {
        return a.recipient === b.recipient && this.place(a) === this.place(b);
      }
    },
  },
  {
    what: "a repeated fact is written down anew",
    fails: "repetition",
    message: /Of a repeated fact the first `recordedAt` must stay/,
    Store: class extends MapStore {
      protected override replace(entry: SuppressionEntry): boolean {
        const newest = entryOf(
          this.database.newest,
          entry.recipient,
          () => new Map<string, SuppressionEntry>(),
        );
        const known = newest.get(this.place(entry));
        const became = super.replace(entry);
        if (!became && known?.at.getTime() === entry.at.getTime()) newest.set(this.place(entry), entry);
        return became;
      }
    },
  },
];
