/** What one check found: how it stands, in a sentence, and what to do about it. */
export interface Finding {
  readonly check: string;
  readonly status: "ok" | "warn" | "fail";
  readonly message: string;
  readonly advice?: string;
}
