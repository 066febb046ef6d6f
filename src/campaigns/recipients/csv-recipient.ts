import type { TextSource } from "../../csv/text-source.js";

/** One row of a CSV file, as a recipient of a campaign. */
export interface CsvRecipient {
  /**
   * The number as its cell has it, without white space around it or the apostrophe behind which spreadsheets keep a plus.
   * Empty where the row could not be read.
   */
  readonly to: string;
  /** What names the row, where a column does; `"line 12"` for a row that has a problem and no key. */
  readonly key?: string;
  /** All cells, word for word, by the name of their column without white space around it. */
  readonly fields: Readonly<Record<string, string>>;
  /**
   * Why nothing can be sent to this row, as what follows its number: "has 3 cells where the first line has 4". It shows
   * nothing of the row.
   */
  readonly problem?: string;
}

/**
 * Where a CSV file comes from. Text, bytes, a list of these, or a function that opens the file anew each time
 * (`() => createReadStream("people.csv")`) can be read more than once; a stream only once.
 */
export type CsvSource = TextSource | (() => TextSource | Promise<TextSource>);

/** Which columns say whom to text: by their name in the header, or their place from 1. */
export interface RecipientColumns {
  /** The phone number. Default: the one column named to, phone, phone number, number, mobile or recipient. */
  readonly to?: string | number | undefined;
  /** What names a row within its campaign. Default: none, and the number names it. */
  readonly key?: string | number | undefined;
}

/** How a CSV file of recipients is read. */
export interface CsvRecipientOptions {
  /** Which columns say whom to text. Names are compared without regard to case, white space and underscores. */
  readonly columns?: RecipientColumns | undefined;
  /** What separates cells: one character. Default: the one of `,`, `;` and tab that the first line has most of. */
  readonly delimiter?: string | undefined;
  /** The encoding, by a name that `TextDecoder` knows, such as `"windows-1252"` or `"utf-16le"`. Default: `"utf-8"`. */
  readonly encoding?: string | undefined;
  /** Ends the reading, also while the source is waited for. */
  readonly abortSignal?: AbortSignal | undefined;
}
