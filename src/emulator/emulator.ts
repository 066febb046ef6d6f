import { systemClock } from "./clock.js";
import type { InboundMessage } from "./inbound-message.js";
import type { PhoneMessage } from "./inboxes.js";
import { listen, shut } from "./listen.js";
import { readOptions, type EmulatorAccessKeys, type EmulatorOptions } from "./options.js";
import { phone, type EmulatorPhone } from "./phones.js";
import type { EmulatorRequest } from "./request-log.js";
import type { EmulatorSender } from "./senders.js";
import { createServer } from "./server.js";
import { waitForMessage, type WaitForMessageOptions } from "./wait-for-message.js";
import { closeWorld, createWorld } from "./world.js";

/** A running emulator: one ACS resource, its senders, and everybody's phones. All it knows is gone when it closes. */
export interface Emulator {
  /** The resource's endpoint, `http://127.0.0.1:<port>`. Official clients need `{ allowInsecureConnection: true }`. */
  readonly endpoint: string;
  /** The endpoint with the primary key, in the form that official clients take. */
  readonly connectionString: string;
  readonly accessKeys: EmulatorAccessKeys;
  readonly senders: readonly EmulatorSender[];
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
  /** What phones sent, from the start of the emulator on; waits for more and ends when the emulator is closed. */
  inbound(): AsyncIterableIterator<InboundMessage>;
  /** What reached the server so far, in the order of the answers. */
  requests(): readonly EmulatorRequest[];
  /** Ends everything: the server with its open connections, messages under way, `inbound()` and `waitForMessage`. */
  close(): Promise<void>;
  /** The same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a local ACS SMS on 127.0.0.1: the REST contract with its signatures and error answers, the carriers' opt-outs and
 * delivery reports, and phones to read and to reply from. Nothing leaves the machine.
 *
 * It shares no code with the client of this package, so that it can tell when the client is wrong.
 *
 * @param options - See {@link EmulatorOptions} for the defaults.
 * @returns The emulator, when it is ready for requests.
 * @throws TypeError or RangeError for bad options; the system's error (`EADDRINUSE`) when the port is taken.
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
  const settings = readOptions(options);
  const world = createWorld(settings, systemClock());
  const server = createServer(world);
  const port = await listen(server, settings.port);
  const endpoint = `http://127.0.0.1:${port}`;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closeWorld(world);
    return (closing ??= shut(server));
  };
  return {
    endpoint,
    connectionString: `endpoint=${endpoint}/;accesskey=${settings.accessKeys.primary}`,
    accessKeys: settings.accessKeys,
    senders: settings.senders,
    phone: (number) => phone(number, world),
    waitForMessage: (options) => waitForMessage(options, world),
    inbound: () => world.inbound.read(),
    requests: () => [...world.requests],
    close,
    [Symbol.asyncDispose]: close,
  };
}
