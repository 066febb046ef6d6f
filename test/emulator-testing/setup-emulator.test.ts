import { SmsClient as OfficialSmsClient } from "@azure/communication-sms";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { SmsClient } from "../../src/index.js";
import { setupEmulator } from "../../src/emulator/testing/index.js";

const message = { from: "+18005551234", to: ["+14255550101"], message: "Hello" };
const [ann = ""] = message.to;

describe("one emulator for all tests of a block", () => {
  const acs = setupEmulator({ beforeAll, afterAll });
  let first = "";

  it("takes messages of this client and of the official one", async () => {
    first = acs.emulator.endpoint;
    await new SmsClient(acs.connectionString, acs.clientOptions).send(message);
    await new OfficialSmsClient(acs.connectionString, acs.clientOptions).send(message);
    expect(acs.emulator.phone(ann).messages()).toHaveLength(2);
  });

  it("keeps it", () => {
    expect(acs.emulator.endpoint).toBe(first);
    expect(acs.emulator.phone(ann).messages()).toHaveLength(2);
  });
});

describe("one emulator for each test", () => {
  const acs = setupEmulator({ beforeEach, afterEach });

  it.each([1, 2])("has empty phones: %i", async () => {
    expect(acs.emulator.phone(ann).messages()).toEqual([]);
    await new SmsClient(acs.connectionString, acs.clientOptions).send(message);
    expect(acs.emulator.phone(ann).messages()).toHaveLength(1);
  });
});

describe("one emulator with HTTPS", () => {
  const acs = setupEmulator({ beforeAll, afterAll }, { https: true });

  it("gives clients the certificate to trust", async () => {
    expect(acs.connectionString).toMatch(/^endpoint=https:/);
    expect(acs.clientOptions).toEqual({ tlsOptions: { ca: acs.emulator.certificate } });
    await new SmsClient(acs.connectionString, acs.clientOptions).send(message);
    await new OfficialSmsClient(acs.connectionString, acs.clientOptions).send(message);
    expect(acs.emulator.phone(ann).messages()).toHaveLength(2);
  });
});

/** Hooks for a test to run by itself. */
function hooks() {
  const [before, after] = [vi.fn<(run: Hook) => void>(), vi.fn<(run: Hook) => void>()];
  const begin = (): Promise<void> | undefined => before.mock.calls[0]?.[0]();
  const end = (): Promise<void> | undefined => after.mock.calls[0]?.[0]();
  return { before, after, begin, end };
}

type Hook = () => Promise<void>;

describe("setupEmulator()", () => {
  const variable = "COMMUNICATION_SERVICES_CONNECTION_STRING";
  const outside = new Error("Expected the emulator to be used inside a test, got no running one");

  it("has an emulator between the hooks alone", async () => {
    const { begin, end, ...runner } = hooks();
    const acs = setupEmulator(runner);
    expect(() => acs.emulator).toThrow(outside);
    expect(() => acs.connectionString).toThrow(outside);
    await begin();
    const { emulator } = acs;
    expect(acs.connectionString).toBe(emulator.connectionString);
    await end();
    expect(() => acs.emulator).toThrow(outside);
    await expect(fetch(emulator.endpoint)).rejects.toThrow("fetch failed");
  });

  it("gives an inner test its own, and then the outer one back", async () => {
    const { begin, end, ...runner } = hooks();
    const acs = setupEmulator(runner, { environmentVariable: variable });
    vi.stubEnv(variable, undefined);
    await begin();
    const outer = acs.emulator;
    await begin();
    expect(acs.emulator).not.toBe(outer);
    await end();
    expect(acs.emulator).toBe(outer);
    expect(process.env[variable]).toBe(outer.connectionString);
    await end();
    expect(process.env).not.toHaveProperty(variable);
  });

  it("lends a variable of the environment, and gives back what it held", async () => {
    vi.stubEnv(variable, "before");
    const { begin, end, ...runner } = hooks();
    const acs = setupEmulator(runner, { environmentVariable: variable });
    expect(process.env[variable]).toBe("before");
    await begin();
    expect(process.env[variable]).toBe(acs.connectionString);
    await end();
    expect(process.env[variable]).toBe("before");
  });

  it("leaves the environment alone unless it is asked", async () => {
    vi.stubEnv(variable, "before");
    const { begin, end, ...runner } = hooks();
    setupEmulator(runner);
    await begin();
    expect(process.env[variable]).toBe("before");
    await end();
  });

  it("hands on the emulator's options, whose mistakes fail the hook", async () => {
    const { begin, end, ...runner } = hooks();
    const sender = { number: "12345", kind: "short-code" } as const;
    const acs = setupEmulator(runner, { senders: [sender] });
    await begin();
    expect(acs.emulator.senders).toMatchObject([sender]);
    await end();
    const bad = hooks();
    setupEmulator(bad, { port: -1 });
    await expect(bad.begin()).rejects.toThrow("Expected `port` to be an integer");
    await expect(bad.end()).resolves.toBeUndefined();
  });

  it("takes the hooks for the file before those for each test", () => {
    const [wanted, unwanted] = [vi.fn<() => void>(), vi.fn<() => void>()];
    setupEmulator({ beforeEach: unwanted, afterEach: unwanted, before: wanted, after: wanted });
    expect(wanted).toHaveBeenCalledTimes(2);
    expect(unwanted).not.toHaveBeenCalled();
  });

  it("checks what it is given", () => {
    const wanted = "{ beforeAll, afterAll } or { before, after } or { beforeEach, afterEach }";
    // @ts-expect-error -- A caller without types.
    expect(() => setupEmulator({ beforeAll: afterAll })).toThrow(
      new TypeError(`Expected \`hooks\` to be ${wanted}, got a value of type object`),
    );
    // @ts-expect-error -- A caller without types.
    expect(() => setupEmulator()).toThrow(new TypeError(`Expected \`hooks\` to be ${wanted}, got undefined`));
    const runner = hooks();
    expect(() => setupEmulator(runner, { environmentVariable: "" })).toThrow(
      new TypeError('Expected `environmentVariable` to be the name of an environment variable, got ""'),
    );
    expect(runner.before).not.toHaveBeenCalled();
  });
});
