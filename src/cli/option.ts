/** One option of a command: how it is read, and what its help says. */
interface Option {
  readonly type: "string" | "boolean";
  /** What stands for the value in the help: `<number>`. */
  readonly value?: string;
  /** May be given several times. */
  readonly multiple?: true;
  /** The command does nothing without it. */
  readonly required?: true;
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, Option>>;

/** What was given: a flag that was not is `false`, and a list that was not is empty. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: ValueOf<Options[Name]>;
};

type ValueOf<Of extends Option | undefined> = Of extends { type: "boolean" }
  ? boolean
  : Of extends { multiple: true }
    ? readonly string[]
    : Of extends { required: true }
      ? string
      : string | undefined;
