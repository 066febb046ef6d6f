import type { SuppressionEntry } from "../../../../src/suppression/suppression-store.js";
import { wrong } from "../../../support/wrong.js";
import { copyOf, MapStore } from "../map-store.js";
import type { StoreBreakage } from "./breakage.js";

const takenForOne = {
  fails: "odd keys",
  message: /Two keys were taken for one|`find` must answer in the order/,
};
const changed = { fails: "odd keys", message: /A text was changed on its way/ };
const cameBack = { fails: "odd keys", message: /A field that was absent came back/ };

/** A store that takes keys for the same that are not. */
function folding(fold: (key: string) => string): StoreBreakage["Store"] {
  return class extends MapStore {
    protected override key(text: string): string {
      return fold(text);
    }
  };
}

/** A store that gives something else back than it was given. */
function giving(change: (entry: SuppressionEntry) => unknown): StoreBreakage["Store"] {
  return class extends MapStore {
    protected override given(entry: SuppressionEntry): SuppressionEntry {
      return wrong(change(copyOf(entry)));
    }
  };
}

/** Stores that fold keys, or change texts. */
export const wrongTexts: readonly StoreBreakage[] = [
  { what: "keys are folded in case", ...takenForOne, Store: folding((key) => key.toLowerCase()) },
  { what: "keys are trimmed", ...takenForOne, Store: folding((key) => key.trim()) },
  { what: "keys lose spaces at their end", ...takenForOne, Store: folding((key) => key.trimEnd()) },
  { what: "keys are normalised", ...takenForOne, Store: folding((key) => key.normalize("NFC")) },
  {
    what: "keys lose their accents",
    ...takenForOne,
    Store: folding((key) => key.normalize("NFD").replace(/\p{Mn}/gu, "")),
  },
  { what: "keys are cut", ...takenForOne, Store: folding((key) => key.slice(0, 128)) },
  { what: "keys are decoded", ...takenForOne, Store: folding((key) => key.replaceAll("%2F", "/")) },
  {
    what: "keys are joined",
    ...takenForOne,
    Store: class extends MapStore {
      protected override append(entry: SuppressionEntry): void {
        super.append(entry);
        super.append({ ...entry, recipient: `${entry.recipient}:${entry.sender}` });
      }

      protected override replace(entry: SuppressionEntry): boolean {
        const [recipient = "", ...rest] = `${entry.recipient}:${entry.sender}`.split(":");
        return super.replace({ ...entry, recipient, sender: rest.join(":") });
      }
    },
  },
  { what: "notes are cut", ...changed, Store: giving((entry) => ({ ...entry, ...cut(entry) })) },
  { what: "words are trimmed", ...changed, Store: giving((entry) => ({ ...entry, ...trimmed(entry) })) },
  {
    what: "words that look like JSON are parsed",
    ...changed,
    Store: giving((entry) => (entry.note === "true" ? { ...entry, note: true } : entry)),
  },
  {
    what: "absent fields are `undefined`",
    ...cameBack,
    Store: giving((entry) => ({ note: undefined, ...entry })),
  },
  { what: "absent fields are `null`", ...cameBack, Store: giving((entry) => ({ keyword: null, ...entry })) },
  { what: "absent fields are empty", ...cameBack, Store: giving((entry) => ({ messageId: "", ...entry })) },
  {
    what: "columns of the database come along",
    fails: "reading",
    message: /An opt-out that was recorded must be found, with every word of it/,
    Store: giving((entry) => ({ ...entry, rank: "1" })),
  },
];

function cut({ note }: SuppressionEntry): object {
  return note === undefined ? {} : { note: note.slice(0, 4000) };
}

function trimmed({ keyword }: SuppressionEntry): object {
  return keyword === undefined ? {} : { keyword: keyword.trim() };
}
