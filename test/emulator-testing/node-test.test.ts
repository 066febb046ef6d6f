import { beforeAll, describe, expect, it } from "vitest";
import { runNode } from "../../scripts/run.js";
import { requireBuild } from "../support/require-build.js";

const prelude = `
  import assert from "node:assert/strict";
  import { after, afterEach, before, beforeEach, describe, test } from "node:test";
  import { SmsClient } from "acs-sms";
  import { expectNoMessage, extractCode, setupEmulator } from "acs-sms/emulator/testing";
  const to = "+14255550101";
  const send = (acs, message) =>
    new SmsClient(acs.connectionString, acs.clientOptions).send({ from: "+18005551234", to: [to], message });
`;

beforeAll(requireBuild);

describe("under node:test", () => {
  it("there is one emulator for a file, and its process ends by itself", async () => {
    const { code, output } = await runTests(`
      const environmentVariable = "COMMUNICATION_SERVICES_CONNECTION_STRING";
      const acs = setupEmulator({ before, after }, { environmentVariable });
      let endpoint;
      test("first", async () => {
        ({ endpoint } = acs.emulator);
        assert.equal(process.env[environmentVariable], acs.connectionString);
        await send(acs, "Your code is 482-913.");
        assert.equal(extractCode(await acs.emulator.waitForMessage({ to })), "482913");
      });
      describe("in a suite", () => {
        test("second", async () => {
          assert.equal(acs.emulator.endpoint, endpoint);
          await assert.rejects(expectNoMessage(acs.emulator, { to, withinInMs: 0 }), /482-913/);
        });
      });
    `);
    expect(output).toContain("# pass 2\n");
    expect(code, output).toBe(0);
  });

  it("there is one for a suite", async () => {
    const { code, output } = await runTests(`
      describe("a suite", () => {
        const acs = setupEmulator({ before, after });
        test("inside", () => acs.emulator.endpoint);
      });
      describe("another", () => {
        const acs = setupEmulator({ before, after });
        test("inside", () => acs.emulator.endpoint);
      });
    `);
    expect(output).toContain("# pass 2\n");
    expect(code, output).toBe(0);
  });

  it("there is one for each test, inner ones included", async () => {
    const { code, output } = await runTests(`
      const acs = setupEmulator({ beforeEach, afterEach });
      const alone = async () => {
        await expectNoMessage(acs.emulator, { to, withinInMs: 0 });
        await send(acs, "Hello");
        assert.equal(acs.emulator.phone(to).messages().length, 1);
      };
      test("first", alone);
      describe("in a suite", () => {
        test("second", alone);
        test("third", alone);
      });
      test("outer", async (t) => {
        await alone();
        const { emulator } = acs;
        await t.test("inner", () => acs.emulator.endpoint);
        assert.equal(acs.emulator, emulator);
      });
    `);
    expect(output).toContain("# fail 0\n");
    expect(output).toContain("# pass 5\n");
    expect(code, output).toBe(0);
  });

  it("a message that should not be there fails the test, and says which", async () => {
    const { code, output } = await runTests(`
      const acs = setupEmulator({ before, after });
      test("nobody is texted", async () => {
        await send(acs, "Hello");
        await expectNoMessage(acs.emulator, { to, withinInMs: 0 });
      });
    `);
    expect(output).toContain("# fail 1\n");
    expect(output).toContain("Expected no message on the phone ending in 0101 within 0 ms");
    expect(output).toContain("Hello");
    expect(code).toBe(1);
  });
});

/** A test file of a user's, in a process of its own. */
function runTests(program: string): Promise<{ code: number | null; output: string }> {
  const args = ["--test-reporter=tap", "--input-type=module", "--eval", prelude + program];
  return runNode(args, { timeout: 30_000 });
}
