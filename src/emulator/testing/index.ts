/**
 * Helpers for tests against the emulator: one that lives as long as a test file or a test, what must not arrive, and
 * the codes and links in what did. They work with any test runner and import none.
 *
 * @example
 * With `node:test`. Vitest is the same with `{ beforeAll, afterAll }`:
 * ```ts
 * import assert from "node:assert/strict";
 * import { after, before, test } from "node:test";
 *
 * import { SmsClient } from "acs-sms";
 * import { extractCode, setupEmulator } from "acs-sms/emulator/testing";
 *
 * const acs = setupEmulator({ before, after });
 *
 * test("a person gets a code", async () => {
 *   const sms = new SmsClient(acs.connectionString, acs.clientOptions);
 *   await sms.send({ from: "+18005551234", to: ["+14255550123"], message: "Your code is 482-913." });
 *   const message = await acs.emulator.waitForMessage({ to: "+14255550123", match: "code" });
 *   assert.equal(extractCode(message), "482913");
 * });
 * ```
 *
 * @packageDocumentation
 */
export { expectNoMessage, type ExpectNoMessageOptions } from "./expect-no-message.js";
export { extractCode } from "./extract-code.js";
export { extractLink } from "./extract-link.js";
export type { TestHook, TestHooks } from "./hooks.js";
export type { MessageText } from "./message-text.js";
export {
  setupEmulator,
  type SetupEmulatorOptions,
  type TestClientOptions,
  type TestEmulator,
} from "./setup-emulator.js";
