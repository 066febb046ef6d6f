import { startEmulator, type Emulator } from "../emulator.js";
import { wrongType } from "../settings/expected.js";
import type { EmulatorOptions } from "../settings/options.js";
import { readHooks, type TestHooks } from "./hooks.js";

/** How the emulator is set up, and where tests find it. */
export interface SetupEmulatorOptions extends EmulatorOptions {
  /**
   * An environment variable that holds the connection string while the emulator runs, and then what it held before. Azure's
   * samples call it `COMMUNICATION_SERVICES_CONNECTION_STRING`. Default: none.
   */
  readonly environmentVariable?: string | undefined;
}

/** What a client of the emulator needs beside the connection string. */
export type TestClientOptions =
  | { readonly allowInsecureConnection: true }
  | { readonly tlsOptions: { readonly ca: string } };

/** The emulator of the tests that run. */
export interface TestEmulator {
  /**
   * To look at phones and requests, and to wait for messages.
   *
   * @throws Error while no test runs.
   */
  readonly emulator: Emulator;
  /**
   * What clients of the emulator are made with.
   *
   * @throws Error while no test runs.
   */
  readonly connectionString: string;
  /**
   * What clients need besides, this package's and the official ones: that plain HTTP is meant, or with `https` the certificate
   * to trust.
   *
   * @throws Error while no test runs.
   */
  readonly clientOptions: TestClientOptions;
}

/**
 * Starts an emulator before tests and closes it after them. Given `beforeAll` and `afterAll`, or `before` and `after`,
 * there is one for all tests of the file or block, and its phones keep what they got. Given `beforeEach` and `afterEach`, each
 * test has its own, with empty phones; such tests must not run concurrently.
 *
 * @param hooks - The runner's own.
 * @param options - The emulator's, with the defaults of `EmulatorOptions`, and `environmentVariable`.
 * @returns What is to be read inside tests and later hooks, not before: each emulator has a port and keys of its own.
 * @throws TypeError for bad hooks or a bad variable name. Bad options of the emulator fail the hook.
 *
 * @example
 * ```ts
 * import { afterEach, beforeEach, expect, test } from "vitest";
 *
 * import { expectNoMessage, setupEmulator } from "acs-sms/emulator/testing";
 *
 * const acs = setupEmulator({ beforeEach, afterEach }, { deliveryDelayInMs: 20 });
 *
 * test("nobody is texted unasked", async () => {
 *   expect(acs.emulator.requests()).toEqual([]);
 *   await expectNoMessage(acs.emulator, { to: "+14255550123", withinInMs: 50 });
 * });
 * ```
 */
export function setupEmulator(hooks: TestHooks, options: SetupEmulatorOptions = {}): TestEmulator {
  const { environmentVariable, ...emulatorOptions } = options;
  const variable = readVariable(environmentVariable);
  const [begin, end] = readHooks(hooks);
  // Several where a test has tests of its own: `node:test` runs the hooks for the inner ones, too.
  const running: Running[] = [];
  begin(async () => {
    running.push(await start(emulatorOptions, variable));
  });
  end(async () => running.pop()?.stop());
  const current = (): Emulator => {
    const { emulator } = running.at(-1) ?? {};
    if (emulator !== undefined) return emulator;
    throw new Error("Expected the emulator to be used inside a test, got no running one");
  };
  return {
    get emulator() {
      return current();
    },
    get connectionString() {
      return current().connectionString;
    },
    get clientOptions() {
      return clientOptionsOf(current());
    },
  };
}

function clientOptionsOf({ certificate }: Emulator): TestClientOptions {
  return certificate === undefined ? { allowInsecureConnection: true } : { tlsOptions: { ca: certificate } };
}

interface Running {
  readonly emulator: Emulator;
  stop(): Promise<void>;
}

async function start(options: EmulatorOptions, variable: string | undefined): Promise<Running> {
  const emulator = await startEmulator(options);
  const restore = variable === undefined ? undefined : setVariable(variable, emulator.connectionString);
  return {
    emulator,
    stop() {
      restore?.();
      return emulator.close();
    },
  };
}

/** Returns what puts the former value back. */
function setVariable(name: string, value: string): () => void {
  const former = process.env[name];
  process.env[name] = value;
  return () => {
    // Assigning `undefined` would make it the text "undefined".
    if (former === undefined) delete process.env[name];
    else process.env[name] = former;
  };
}

function readVariable(name: unknown): string | undefined {
  if (name === undefined || (typeof name === "string" && name !== "")) return name;
  throw wrongType("environmentVariable", "the name of an environment variable", name);
}
