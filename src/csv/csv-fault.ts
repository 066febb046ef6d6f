/** What is wrong with one row of a file, as what follows its number: "has 3 cells where …". It shows nothing of the row. */
export class CsvFault {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
