import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it, onTestFinished, vi } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/server/listen.js";
import { holdClock, isDelivery, receiving, received, until } from "./receiver.js";
import { ann, sender } from "./wire.js";

it("close() breaks off deliveries under way, and lets nothing more happen", async () => {
  const pass = holdClock();
  const receiver = await receiving(({ body }) => (body.includes("retry") ? { status: 500 } : { hang: true }));
  const emulator = await startEmulator({ webhooks: [{ url: receiver.url }] });
  await emulator.eventsSettled();
  for (const message of ["retry", "hang", "wait"]) emulator.phone(ann).send(message, { to: sender });
  await until(() => receiver.events().length === 2);
  const settled = emulator.eventsSettled();
  await emulator.close();
  await settled;
  expect(vi.getTimerCount()).toBe(0);
  pass(100_000_000);
  await new Promise(setImmediate);
  expect(receiver.events()).toHaveLength(2);
  expect(emulator.deliveries()).toMatchObject([{ attempt: 1, status: 500 }]);
  expect(emulator.deadLetters()).toEqual([]);
  expect(emulator.webhooks()).toMatchObject([{ state: "validated" }]);
});

it("close() breaks off a handshake, and the wait before the next one", async () => {
  holdClock();
  const hanging = await received(() => ({ hang: true }));
  const absent = await received(() => ({ drop: true }));
  const emulator = await startEmulator();
  const adding = [emulator.addWebhook({ url: hanging.url }), emulator.addWebhook({ url: absent.url })];
  emulator.phone(ann).send("Hi", { to: sender });
  await until(() => hanging.requests.length === 1 && absent.requests.length === 1);
  // By now the second one may or may not have begun to wait for its next attempt: both are to end.
  await new Promise(setImmediate);
  await emulator.close();
  for (const webhook of await Promise.all(adding)) {
    expect(webhook).toMatchObject({ state: "failed", reason: "the handshake was broken off" });
  }
  await emulator.eventsSettled();
  expect(vi.getTimerCount()).toBe(0);
  await expect(emulator.addWebhook({ url: hanging.url })).rejects.toThrow("got a closed one");
});

it("close() ends the connections to webhooks", async () => {
  const server = createServer();
  const port = await listen(server as Parameters<typeof listen>[0], 0);
  onTestFinished(() => {
    server.close();
  });
  const emulator = await startEmulator({ webhooks: [{ url: `http://127.0.0.1:${port}` }] });
  const [socket] = await once(server, "connection");
  const ended = once(socket.resume(), "close");
  await emulator.close();
  expect(await ended).toEqual([false]);
});

it("close() leaves alone what has settled", async () => {
  const receiver = await receiving();
  const emulator = await startEmulator({ webhooks: [{ url: receiver.url }] });
  emulator.phone(ann).send("Hi", { to: sender });
  await emulator.eventsSettled();
  await emulator.close();
  await emulator.eventsSettled();
  expect(receiver.requests.filter(isDelivery)).toHaveLength(1);
});
