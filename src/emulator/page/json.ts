/** What is left of a value after a trip as JSON: a date arrives as its ISO text. */
export type Json<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
