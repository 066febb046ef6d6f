/** A pool of numbers, and what is to be known of each. */
export interface Place {
  readonly country: string | null;
  /** The number of the person of an index. */
  readonly number: (index: number) => string;
}

export interface Sender {
  readonly from: string;
  readonly kind: string;
}

const padded = (index: number, digits: number): string => String(index).padStart(digits, "0");

/** Countries that share a calling code, too, and a network of none. */
export const places: readonly Place[] = [
  { country: "US", number: (index) => `+142555${padded(index, 5)}` },
  { country: "CA", number: (index) => `+141655${padded(index, 5)}` },
  { country: "BB", number: (index) => `+124655${padded(index, 5)}` },
  { country: "GB", number: (index) => `+447400${padded(index, 6)}` },
  { country: "DE", number: (index) => `+49151${padded(index, 8)}` },
  { country: "KZ", number: (index) => `+7701${padded(index, 7)}` },
  { country: null, number: (index) => `+88351${padded(index, 7)}` },
];

export const senders: readonly Sender[] = [
  { from: "+18005551234", kind: "toll-free" },
  { from: "+18335550100", kind: "toll-free" },
  { from: "+12065550111", kind: "long-code" },
  { from: "12345", kind: "short-code" },
  { from: "Contoso", kind: "alphanumeric" },
];

export const tags: readonly (string | undefined)[] = [undefined, "sale", "code", "réservation 🎉", "sale 2"];

export const codes: readonly (number | undefined)[] = [
  4000,
  4001,
  4007,
  4007,
  4010,
  5000,
  5002,
  5002,
  undefined,
];
