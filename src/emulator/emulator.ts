import type { Server } from "node:http";
import type { EmulatorAccessKeys } from "./settings/access-keys.js";
import { reachOf } from "./carriers/destinations.js";
import { createClock } from "./clock.js";
import { emulatorClock, type EmulatorClock } from "./emulator-clock.js";
import type { EventFaults } from "./event-grid/faults.js";
import type { DeadLetter, EventDelivery } from "./event-grid/records.js";
import { readWebhooks } from "./event-grid/read-webhook.js";
import type { EmulatorWebhook, WebhookOptions } from "./event-grid/webhook.js";
import type { RequestFaults } from "./faults/request-faults.js";
import type { InboundMessage } from "./phones/inbound-message.js";
import type { PhoneMessage } from "./phones/inboxes.js";
import type { EmulatorMessage } from "./journal/emulator-message.js";
import { createCertificate, type EmulatorCertificate } from "./server/certificate.js";
import { listen, shut } from "./server/listen.js";
import { readOptions, type EmulatorOptions, type Settings } from "./settings/options.js";
import { readSender, readSenders } from "./settings/read-senders.js";
import { loadState, StateFile } from "./state/state-file.js";
import { restoreState, type SavedState } from "./state/saved-state.js";
import { phone, type EmulatorPhone } from "./phones/phones.js";
import { readRequestFaults } from "./settings/read-request-faults.js";
import type { EmulatorRequest } from "./server/request-log.js";
import type { EmulatorSender } from "./senders.js";
import { createServer } from "./server/server.js";
import { waitForMessage, type WaitForMessageOptions } from "./phones/wait-for-message.js";
import { closeWorld, connectionStringOf, createWorld, forgetAll, type World } from "./world.js";

/**
 * A running emulator: one ACS resource, its senders, and everybody's phones. All it knows is gone when it closes, but for what
 * a `stateFile` keeps.
 */
export interface Emulator {
  /**
   * The resource's endpoint, `http://127.0.0.1:<port>`. Official clients need `{ allowInsecureConnection: true }`, unless it is
   * `https:`. A browser shows the virtual phones there.
   */
  readonly endpoint: string;
  /** The endpoint with the primary key, in the form that official clients take. */
  readonly connectionString: string;
  readonly accessKeys: EmulatorAccessKeys;
  /**
   * With `https`, the certificate to trust, PEM: `NODE_EXTRA_CA_CERTS` takes a file with it, and clients take it as
   * `tlsOptions: { ca }`.
   */
  readonly certificate: string | undefined;
  /** The senders at the moment. */
  readonly senders: readonly EmulatorSender[];
  readonly clock: EmulatorClock;
  /**
   * Adds a sender, or replaces the one with its number.
   *
   * @throws TypeError or RangeError for a bad one.
   */
  putSender(sender: EmulatorSender): void;
  /**
   * Takes a sender away: requests from it are refused with 401 from now on.
   *
   * @returns Whether there was one with this number.
   */
  removeSender(number: string): boolean;
  /**
   * A phone. Any number has one.
   *
   * @throws TypeError or RangeError when `number` is not E.164.
   */
  phone(number: string): EmulatorPhone;
  /**
   * The first message on a phone that matches: one that is there already, or else the next to arrive.
   *
   * @throws Error when none came in time, or when the emulator was closed; TypeError or RangeError for bad options.
   */
  waitForMessage(options: WaitForMessageOptions): Promise<PhoneMessage>;
  /** All messages in both directions, and what became of them: the newest 10,000, oldest first. */
  messages(): readonly EmulatorMessage[];
  /** What phones sent, from the start of the emulator on; waits for more and ends when the emulator is closed. */
  inbound(): AsyncIterableIterator<InboundMessage>;
  /** What reached the service so far, in the order of the answers; what is under `/_emulator` is no part of it. */
  requests(): readonly EmulatorRequest[];
  /**
   * Adds a webhook, and shakes hands with it as Event Grid does.
   *
   * @returns The webhook once it has answered, or will not: look at its `state`, which need not be `"validated"`.
   * @throws TypeError or RangeError for a bad webhook; Error when the emulator was closed.
   */
  addWebhook(webhook: WebhookOptions): Promise<EmulatorWebhook>;
  /**
   * Removes a webhook, and what was on its way to it.
   *
   * @returns Whether there was one with this id.
   */
  removeWebhook(id: string): boolean;
  /** The webhooks and how far their handshakes are, in the order in which they were added. */
  webhooks(): readonly EmulatorWebhook[];
  /** The attempts to deliver events so far. */
  deliveries(): readonly EventDelivery[];
  /** The events that were given up so far. */
  deadLetters(): readonly DeadLetter[];
  /**
   * Replaces the faults, for requests from now on. `{}` ends them.
   *
   * @throws TypeError or RangeError for bad ones; then those before stay.
   */
  setFaults(faults: RequestFaults): void;
  /**
   * Replaces the faults, for events from now on. `{}` ends them.
   *
   * @throws TypeError or RangeError for bad ones.
   */
  setEventFaults(faults: EventFaults): void;
  /**
   * Resolves when nothing is under way: no request that latency holds up, no message, no handshake, no event that is yet to be
   * delivered or given up. An event that waits for a retry, or for its webhook to be validated, is under way; a report that
   * only its timeout can bring is not. A closed emulator is settled.
   */
  eventsSettled(): Promise<void>;
  /**
   * Forgets what has happened, messages and events under way included: phones are empty, nobody is opted out, no request id is
   * known. Senders, webhooks, faults and the clock stay.
   */
  reset(): void;
  /**
   * Ends everything: the server with its open connections, messages and events under way, `inbound()` and
   * `waitForMessage`.
   */
  close(): Promise<void>;
  /** The same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a local ACS SMS on 127.0.0.1: the REST contract with its signatures and error answers, the carriers' opt-outs and
 * delivery reports, phones to read and to reply from, and events pushed like Event Grid. Nothing leaves the machine, except to
 * the webhooks that you name.
 *
 * It shares no code with the client of this package, so that it can tell when the client is wrong.
 *
 * @param options - See {@link EmulatorOptions} for the defaults.
 * @returns The emulator, when it is ready for requests.
 * @throws TypeError or RangeError for bad options; the system's error when the port is taken (`EADDRINUSE`) or the state file
 * cannot be read or written; Error when that holds something else.
 *
 * @example
 * ```ts
 * import { startEmulator } from "acs-sms/emulator";
 *
 * const emulator = await startEmulator();
 * const phone = emulator.phone("+14255550123");
 * phone.send("STOP", { to: "+18005551234" });
 * console.log(phone.messages()); // the carrier's answer
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { settings, saved } = await prepare(options);
  const world = createWorld(settings, createClock(settings.clock), await reachOf(settings.destinations));
  if (saved !== undefined) restoreState(saved, world);
  const certificate = await certificateFor(settings.https);
  const server = await createServer(world, certificate);
  const port = await listen(server, settings.port);
  world.address.endpoint = `${certificate === undefined ? "http" : "https"}://127.0.0.1:${port}`;
  // Before anything is written, so that the file never says that there are no webhooks.
  world.events.start(world.address.endpoint, settings.webhooks);
  const stateFile =
    settings.stateFile === undefined ? undefined : await keepState(settings.stateFile, world, server);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closeWorld(world);
    return (closing ??= end(server, stateFile, world));
  };
  return Object.assign(face(world, certificate), { close, [Symbol.asyncDispose]: close });
}

/** The options, complete; what a state file has stands in for what they leave out. */
async function prepare(options: EmulatorOptions): Promise<{ settings: Settings; saved?: SavedState }> {
  const settings = readOptions(options);
  const [hasSenders, hasWebhooks] = [options.senders !== undefined, options.webhooks !== undefined];
  const saved = settings.stateFile === undefined ? undefined : await loadState(settings.stateFile);
  if (saved === undefined) return { settings };
  const senders = hasSenders ? settings.senders : readSavedSenders(saved.senders);
  const webhooks = hasWebhooks ? settings.webhooks : readWebhooks(saved.webhooks);
  return { settings: { ...settings, senders, webhooks }, saved };
}

async function certificateFor(https: Settings["https"]): Promise<EmulatorCertificate | undefined> {
  if (typeof https === "object") return https;
  return https ? createCertificate() : undefined;
}

/** All may have been removed, though an emulator does not begin without any. */
function readSavedSenders(senders: readonly unknown[]): readonly EmulatorSender[] {
  return senders.length === 0 ? [] : readSenders(senders);
}

/** A file that cannot be written is told at once, not when there is something to lose. */
async function keepState(path: string, world: World, server: Server): Promise<StateFile> {
  const stateFile = new StateFile(path, world);
  try {
    await stateFile.save();
    return stateFile;
  } catch (error) {
    closeWorld(world);
    await shut(server);
    throw error;
  }
}

async function end(server: Server, stateFile: StateFile | undefined, { insights }: World): Promise<void> {
  await shut(server);
  await insights.close();
  await stateFile?.close();
}

/** All that a caller can do but to close it. */
function face(
  world: World,
  certificate: EmulatorCertificate | undefined,
): Omit<Emulator, "close" | typeof Symbol.asyncDispose> {
  return {
    endpoint: world.address.endpoint,
    connectionString: connectionStringOf(world),
    accessKeys: world.settings.accessKeys,
    certificate: certificate?.certificate,
    get senders() {
      return world.senders.list();
    },
    clock: emulatorClock(world),
    putSender: (sender) => world.senders.put(readSender(sender, "sender")),
    removeSender: (number) => world.senders.remove(number),
    messages: () => world.journal.messages(),
    phone: (number) => phone(number, world),
    waitForMessage: (options) => waitForMessage(options, world),
    inbound: () => world.inbound.read(),
    requests: () => [...world.requests],
    addWebhook: async (webhook) => world.events.add(webhook, "webhook").validated,
    removeWebhook: (id) => world.events.remove(id),
    webhooks: () => world.events.list(),
    deliveries: () => world.events.deliveries(),
    deadLetters: () => world.events.deadLetters(),
    setFaults: (faults) => world.trouble.set(readRequestFaults(faults)),
    setEventFaults: (faults) => world.events.setFaults(faults),
    eventsSettled: () => world.events.settled(),
    reset: () => forgetAll(world),
  };
}
