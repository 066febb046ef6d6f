/** Opt-outs in a store of your own: two methods over whatever you have. Here it is a file. */
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  compareEntries,
  SmsClient,
  SuppressionList,
  type SuppressionEntry,
  type SuppressionStore,
} from "acs-sms";

import { exampleResource } from "./resource.ts";

/** Keeps the newest entry of every sender, recipient and state in one JSON file. For one process. */
class FileStore implements SuppressionStore {
  readonly #path: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  async find(recipients: readonly string[]): Promise<SuppressionEntry[][]> {
    const entries = await this.#read();
    return recipients.map((recipient) => entries.filter((entry) => entry.recipient === recipient));
  }

  /** One write at a time; an error reaches the caller, and the next write is tried all the same. */
  async record(entries: readonly SuppressionEntry[]): Promise<boolean[]> {
    const written = this.#writing.then(async () => this.#merge(entries));
    this.#writing = written.catch(() => {});
    return written;
  }

  async #merge(entries: readonly SuppressionEntry[]): Promise<boolean[]> {
    const kept = new Map((await this.#read()).map((entry) => [keyOf(entry), entry]));
    const changed = entries.map((entry) => {
      const known = kept.get(keyOf(entry));
      const isNewer = known === undefined || compareEntries(entry, known) > 0;
      if (isNewer) kept.set(keyOf(entry), entry);
      return isNewer;
    });
    await writeFile(`${this.#path}.new`, JSON.stringify([...kept.values()]), { mode: 0o600, flush: true });
    await rename(`${this.#path}.new`, this.#path);
    return changed;
  }

  /** Only a missing file means that nothing was recorded: any other error must stop the send. */
  async #read(): Promise<SuppressionEntry[]> {
    const text = await readFile(this.#path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "[]";
      throw error;
    });
    const entries = JSON.parse(text) as SuppressionEntry[];
    return entries.map((entry) => ({
      ...entry,
      at: new Date(entry.at),
      recordedAt: new Date(entry.recordedAt),
    }));
  }
}

function keyOf({ sender, recipient, state }: SuppressionEntry): string {
  return JSON.stringify([sender, recipient, state]);
}

await using resource = await exampleResource();
const { emulator } = resource;
const folder = await mkdtemp(join(tmpdir(), "acs-sms-example-"));
const path = join(folder, "opt-outs.json");
const from = "+18005551234";
const to = "+14255550123";

try {
  const suppression = new SuppressionList(new FileStore(path));
  emulator.phone(to).send("Stop, please", { to: from });
  emulator.phone(to).send("stop", { to: from });
  let handled = 0;
  for await (const inbound of emulator.inbound()) {
    const { intent, possibleOptOut } = await suppression.handleMessage(inbound);
    console.log(`“${inbound.message}”: ${intent}${possibleOptOut ? ", but a person should look at it" : ""}`);
    if (++handled === 2) break;
  }

  // Another process, another day: the file still knows.
  const later = new SuppressionList(new FileStore(path));
  const sms = new SmsClient(resource.connectionString, { suppression: later, ...resource.options });
  const [result] = await sms.send({ from, to: [to], message: "20 % off today only!" });
  console.log(`The message is ${result?.status}.`);
} finally {
  await rm(folder, { recursive: true });
}
