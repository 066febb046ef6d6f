import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator/index.js";
import { canary } from "../support/canary.js";
import { isDelivery, received, receiving, validationIn } from "./receiver.js";
import { ann, bob, call, emulated, reportOf, sendBody, sender, sendItems, texts } from "./wire.js";

const code = { number: "12345", kind: "short-code" } as const;
const tollFree = { number: sender, kind: "toll-free" } as const;

/** The path of a file that is not there yet, in a folder that goes with the test. */
async function place(): Promise<{ folder: string; stateFile: string }> {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-state-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { folder, stateFile: join(folder, "state.json") };
}

/** What comes after an emulator that was closed, and one that was started with the same file. */
async function restarted(
  stateFile: string,
  before: (emulator: Emulator) => Promise<unknown>,
  options: EmulatorOptions = {},
): Promise<{ earlier: Emulator; emulator: Emulator }> {
  const earlier = await startEmulator({ stateFile });
  try {
    await before(earlier);
  } finally {
    await earlier.close();
  }
  return { earlier, emulator: await emulated({ stateFile, ...options }) };
}

describe("what an emulator's state file keeps", () => {
  it("is messages, on phones too, and their reports", async () => {
    const { stateFile } = await place();
    let messageId: unknown;
    const { earlier, emulator } = await restarted(stateFile, async (emulator) => {
      const smsSendOptions = { enableDeliveryReport: true, tag: "spring" };
      const [item] = await sendItems(emulator, { smsSendOptions, message: canary.text });
      messageId = item?.["messageId"];
      emulator.phone(ann).send("HELP", { to: sender });
      emulator.phone(bob).send("STOP", { to: sender });
    });
    expect(earlier.messages()).toHaveLength(4);
    expect(emulator.messages()).toEqual(earlier.messages());
    expect(texts(emulator, ann)).toEqual([canary.text]);
    expect(texts(emulator, bob)).toEqual(texts(earlier, bob));
    expect(texts(emulator, bob)).toHaveLength(1);
    expect(await reportOf(emulator, messageId)).toMatchObject({
      status: 200,
      body: { messageId, deliveryStatus: "Delivered", tag: "spring", from: sender, to: ann },
    });
  });

  it("is opt-outs, the carrier's and the service's own", async () => {
    const { stateFile } = await place();
    const { emulator } = await restarted(stateFile, async (emulator) => {
      emulator.putSender(code);
      emulator.phone(ann).send("STOP", { to: sender });
      emulator.phone(ann).send("STOP", { to: code.number });
      const body = { from: sender, recipients: [{ to: bob }] };
      await call(emulator, { target: "/sms/optouts:add?api-version=2026-01-23", body });
    });
    for (const from of [sender, code.number]) {
      await sendItems(emulator, { from, smsRecipients: [{ to: ann }, { to: bob }] });
    }
    const outbound = emulator.messages().filter(({ kind }) => kind === "outbound");
    expect(outbound.map(({ sender, phone, state }) => [sender, phone, state])).toEqual([
      [sender, ann, "blocked"],
      [sender, bob, "blocked"],
      [code.number, ann, "blocked"],
      [code.number, bob, "delivered"],
    ]);
    // The carrier's block is still one that the service cannot lift.
    const body = { from: sender, recipients: [{ to: ann }, { to: bob }] };
    await call(emulator, { target: "/sms/optouts:remove?api-version=2026-01-23", body });
    await sendItems(emulator, { smsRecipients: [{ to: ann }, { to: bob }] });
    expect(emulator.messages().slice(-2)).toMatchObject([{ state: "blocked" }, { state: "delivered" }]);
  });

  it("is senders that were put and removed, also the last one", async () => {
    const { stateFile } = await place();
    const replies = { optOut: "Bye" };
    await restarted(stateFile, async (emulator) => {
      emulator.putSender({ ...code, replies });
      emulator.removeSender(sender);
    }).then(async ({ emulator }) => {
      expect(emulator.senders).toEqual([{ ...code, replies }]);
      emulator.removeSender(code.number);
      await emulator.close();
    });
    const emulator = await emulated({ stateFile });
    expect(emulator.senders).toEqual([]);
    emulator.putSender(tollFree);
    await sendItems(emulator);
  });

  it("is webhooks with all that was said of them, which are asked again", async () => {
    const { stateFile } = await place();
    const [kept, removed] = [await receiving(), await receiving()];
    const eventTypes = ["Microsoft.Communication.SMSReceived"] as const;
    const headers = { "x-secret": canary.accessKey };
    const { emulator } = await restarted(stateFile, async (emulator) => {
      await emulator.addWebhook({ url: kept.url, headers, eventTypes });
      const { id } = await emulator.addWebhook({ url: removed.url });
      emulator.removeWebhook(id);
    });
    await emulator.eventsSettled();
    expect(emulator.webhooks()).toMatchObject([{ state: "validated", schema: "event-grid", eventTypes }]);
    emulator.phone(ann).send("Hi", { to: sender });
    await sendItems(emulator, { smsSendOptions: { enableDeliveryReport: true } });
    await emulator.eventsSettled();
    expect(kept.requests.filter(isDelivery)).toMatchObject([
      { url: "/hook?code=secret", headers: { ...headers, "aeg-subscription-name": "WEBHOOK-1" } },
    ]);
    expect(removed.requests).toHaveLength(1);
  });

  it("is a failed webhook too, which gets another chance", async () => {
    const { stateFile } = await place();
    let isUp = false;
    const receiver = await received((request) =>
      isUp
        ? { body: JSON.stringify({ validationResponse: validationIn(request).validationCode }) }
        : { status: 500 },
    );
    const { emulator } = await restarted(stateFile, async (emulator) => {
      expect(await emulator.addWebhook({ url: receiver.url })).toMatchObject({ state: "failed" });
      isUp = true;
    });
    await emulator.eventsSettled();
    expect(emulator.webhooks()).toMatchObject([{ state: "validated" }]);
  });

  it("gives way to senders and webhooks that are given", async () => {
    const { stateFile } = await place();
    const receiver = await receiving();
    const { emulator } = await restarted(
      stateFile,
      async (emulator) => {
        emulator.putSender(code);
        await emulator.addWebhook({ url: receiver.url });
        await sendItems(emulator);
      },
      { senders: [tollFree], webhooks: [] },
    );
    expect(emulator.senders).toEqual([tollFree]);
    expect(emulator.webhooks()).toEqual([]);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });

  it("gives way to senders that were given, whatever the caller does with the options since", async () => {
    const { stateFile } = await place();
    await restarted(stateFile, async () => undefined);
    const options: { stateFile: string; senders?: [typeof code] } = { stateFile, senders: [code] };
    const starting = emulated(options);
    delete options.senders;
    expect((await starting).senders).toEqual([code]);
  });

  it("is neither requests nor what phones typed, which inbound() has from the start on", async () => {
    const { stateFile } = await place();
    const { emulator } = await restarted(stateFile, async (emulator) => {
      await sendItems(emulator);
      emulator.phone(ann).send("before", { to: sender });
    });
    expect(emulator.requests()).toEqual([]);
    emulator.phone(ann).send("after", { to: sender });
    expect(await emulator.inbound().next()).toMatchObject({ value: { message: "after" } });
  });

  it("is nothing of what was before a reset", async () => {
    const { stateFile } = await place();
    const { emulator } = await restarted(stateFile, async (emulator) => {
      emulator.putSender(code);
      await sendItems(emulator, { smsSendOptions: { enableDeliveryReport: true } });
      emulator.phone(ann).send("STOP", { to: sender });
      emulator.reset();
    });
    expect(emulator.senders).toEqual([tollFree, code]);
    expect(JSON.parse(await readFile(stateFile, "utf8"))).toMatchObject({
      messages: [],
      reports: [],
      optOuts: [],
    });
    await sendItems(emulator);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });
});

describe("the state file", () => {
  /** Waits, for as long as the test may take, until the file holds a text, whole at every look. */
  async function holds(stateFile: string, part: string): Promise<void> {
    for (;;) {
      const text = await readFile(stateFile, "utf8");
      expect(() => JSON.parse(text) as unknown).not.toThrow();
      if (text.includes(part)) return;
      await setImmediate();
    }
  }

  it("is there from the start, for nobody else to read, and with nothing beside it", async () => {
    const { folder, stateFile } = await place();
    const emulator = await emulated({ stateFile });
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    await sendItems(emulator, { message: canary.text });
    await holds(stateFile, canary.text);
    await emulator.close();
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["state.json"]);
  });

  it("is for nobody else to read from now on, if it was", async () => {
    const { stateFile } = await place();
    await restarted(stateFile, async () => undefined);
    await chmod(stateFile, 0o644);
    await emulated({ stateFile });
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
  });

  it("has each change soon, without a close, and is whole at any moment", async () => {
    const { stateFile } = await place();
    const receiver = await receiving();
    const emulator = await emulated({ stateFile });
    const steps: readonly [() => unknown, string][] = [
      [() => emulator.phone(ann).send("x".repeat(100_000), { to: sender }), "xxx"],
      [() => sendItems(emulator, { message: canary.text }), canary.text],
      [() => emulator.putSender(code), '"12345"'],
      [() => emulator.addWebhook({ url: receiver.url }), "code=secret"],
      [() => emulator.phone(bob).send("STOP", { to: sender }), '"isBlockedByCarrier":true'],
      [() => emulator.reset(), '"messages":[]'],
    ];
    for (const [step, part] of steps) {
      await step();
      await holds(stateFile, part);
    }
    expect(JSON.parse(await readFile(stateFile, "utf8"))).toMatchObject({
      senders: [tollFree, code],
      optOuts: [],
    });
  });

  it("has its webhooks from the start, for a process that dies at once", async () => {
    const { stateFile } = await place();
    const { url } = await receiving();
    await restarted(stateFile, (emulator) => emulator.addWebhook({ url }));
    // What was written while the last one started: nothing else has been since.
    expect(JSON.parse(await readFile(stateFile, "utf8"))).toMatchObject({ webhooks: [{ url }] });
  });

  it("is left by a process that dies as the last change but a moment had it", async () => {
    const { stateFile } = await place();
    const dying = await startEmulator({ stateFile });
    onTestFinished(() => dying.close());
    dying.phone(ann).send("STOP", { to: sender });
    await holds(stateFile, '"isBlockedByCarrier":true');
    // What a process leaves that is killed: the file, and perhaps half of the next one.
    const copy = `${stateFile}.copy`;
    await writeFile(copy, await readFile(stateFile));
    await writeFile(`${copy}.new`, '{"format":');
    const emulator = await emulated({ stateFile: copy });
    await sendItems(emulator);
    expect(emulator.messages().at(-1)).toMatchObject({ state: "blocked" });
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["other JSON", '{"format":"another"}'],
    ["an array", "[]"],
    [
      "a later version",
      '{"format":"acs-sms emulator state, version 2","senders":[],"webhooks":[],"messages":[],"reports":[],"optOuts":[]}',
    ],
    [
      "messages that are none",
      '{"format":"acs-sms emulator state, version 1","senders":[],"webhooks":[],"messages":[{}],"reports":[],"optOuts":[]}',
    ],
  ])("is refused and left alone when it holds something else: %s", async (_, content) => {
    const { folder, stateFile } = await place();
    await writeFile(stateFile, content);
    await expect(startEmulator({ stateFile })).rejects.toThrow(
      new Error("Expected `stateFile` to hold an emulator's state, got a file with something else"),
    );
    expect(await readFile(stateFile, "utf8")).toBe(content);
    expect(await readdir(folder)).toEqual(["state.json"]);
  });

  it.each([
    [
      '"senders":[{"number":"1","kind":"toll-free"}],"webhooks":[]',
      "`senders[0].number` to be a phone number",
    ],
    [
      '"senders":[],"webhooks":[{"url":"ftp://secret.example"}]',
      "`webhooks[0].url` to be an http or https URL, got 20 characters that are not",
    ],
  ])("is refused and left alone with %s", async (wrong, wanted) => {
    const { stateFile } = await place();
    const content = `{"format":"acs-sms emulator state, version 1",${wrong},"messages":[],"reports":[],"optOuts":[]}`;
    await writeFile(stateFile, content);
    await expect(startEmulator({ stateFile })).rejects.toThrow(`Expected ${wanted}`);
    expect(await readFile(stateFile, "utf8")).toBe(content);
  });

  it("gives the system's error where it cannot be read or written, and nothing is left running", async () => {
    const { folder } = await place();
    await expect(startEmulator({ stateFile: folder })).rejects.toMatchObject({ code: "EISDIR" });
    const probe = await startEmulator();
    const port = Number(new URL(probe.endpoint).port);
    await probe.close();
    const stateFile = join(folder, "missing", "state.json");
    await expect(startEmulator({ stateFile, port })).rejects.toMatchObject({ code: "ENOENT" });
    await mkdir(join(folder, "missing"));
    const emulator = await emulated({ stateFile, port });
    // The same port is free, and the same path can be used now.
    expect(await call(emulator, { target: "/sms?api-version=2026-01-23", body: sendBody() })).toMatchObject({
      status: 202,
    });
  });

  it("says when it could not be written at the end, and can be written again until then", async () => {
    const { folder, stateFile } = await place();
    const inner = join(folder, "inner");
    await mkdir(inner);
    const [lost, found] = [
      await startEmulator({ stateFile: join(inner, "lost.json") }),
      await startEmulator({ stateFile: join(inner, "found.json") }),
    ];
    await rm(inner, { recursive: true });
    await expect(lost.close()).rejects.toMatchObject({ code: "ENOENT" });
    await expect(lost.close()).rejects.toMatchObject({ code: "ENOENT" });
    await mkdir(inner);
    await found.close();
    expect(await readdir(inner)).toEqual(["found.json"]);
    expect(await readdir(folder)).not.toContain(stateFile);
  });

  it("can be closed by several at the same time", async () => {
    const { folder, stateFile } = await place();
    const emulator = await startEmulator({ stateFile });
    await sendItems(emulator, { message: canary.text });
    await Promise.all([emulator.close(), emulator.close(), emulator[Symbol.asyncDispose]()]);
    expect(await readFile(stateFile, "utf8")).toContain(canary.text);
    expect(await readdir(folder)).toEqual(["state.json"]);
  });

  it.each<[unknown, string]>([
    ["", '""'],
    [1, "1"],
    [null, "null"],
  ])("has no path of %j", async (stateFile, shown) => {
    await expect(startEmulator({ stateFile: stateFile as string })).rejects.toThrow(
      new TypeError(`Expected \`stateFile\` to be the path of a file, got ${shown}`),
    );
  });
});
