/** What every variant is measured through. */
export interface BenchClient {
  /** Sends one text; resolves with how many recipients the server accepted. */
  send(recipients: readonly string[]): Promise<number>;
}

/**
 * Makes a client of the server at `endpoint`. Those that keep a suppression list fill it with `optedOut`, who are none
 * of the recipients: a list that stops people would spare its client work.
 */
export type CreateClient = (
  endpoint: string,
  optedOut: readonly string[],
) => BenchClient | Promise<BenchClient>;

export const accessKey = Buffer.from("a key of the length that the service gives out").toString("base64");
export const sender = "+18005551234";
export const text =
  "Your appointment is tomorrow at 10:30. Reply C to confirm, or STOP to hear no more from us.";

export const connectionString = (endpoint: string): string => `endpoint=${endpoint}/;accesskey=${accessKey}`;
