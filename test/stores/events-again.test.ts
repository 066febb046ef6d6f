import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startEmulator, type Emulator } from "../../src/emulator/emulator.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { inboundEvent } from "../events/support.js";
import type { Json } from "../events/samples.js";
import { people, sender } from "../support/clients.js";
import { requireBuild } from "../support/require-build.js";
import { Child } from "../support/child.js";
import { everyStore } from "./every-store.js";
import { openStore, type StoreAddress } from "./open-store.js";
import { randomFrom, shuffled } from "../support/random.js";

/*
 * Events come up to three times, in any order, to a service whose code fails now and then, and which is killed half way
 * and started again. Each message is handled to its end and answered once, and the list is right.
 */

const seed = 20_261_124;
const [talkers, stoppers] = [people(90).slice(0, 60), people(90).slice(60)];

interface Text {
  readonly id: string;
  readonly from: string;
  readonly message: string;
  readonly receivedAt: Date;
}

const noon = Date.parse("2026-03-02T12:00:00Z");

/** Sixty people ask something; thirty say STOP, and some of them START before or after. */
const texts: readonly Text[] = [
  ...talkers.map((from, index) => textOf(`talk-${index}`, from, "Hello?", index)),
  ...stoppers.flatMap((from, index) => [
    textOf(`stop-${index}`, from, "STOP", 100),
    ...(index % 3 === 0 ? [] : [textOf(`start-${index}`, from, "START", index % 3 === 1 ? 50 : 150)]),
  ]),
];

function textOf(id: string, from: string, message: string, second: number): Text {
  return { id: `Incoming_${id}`, from, message, receivedAt: new Date(noon + second * 1000) };
}

beforeAll(() => requireBuild());

for (const { kind, service: find } of everyStore) {
  const service = await find();

  describe.skipIf(service === undefined)(`a list in ${kind}`, () => {
    afterAll(async () => service?.[Symbol.asyncDispose]());

    it("handles each event to its end and answers it once", { timeout: 120_000 }, async () => {
      const place = await service?.place();
      if (place === undefined) return;
      const address: StoreAddress = { ...place, kind };
      await using emulator = await startEmulator();
      const done = await deliverAll(address, emulator);

      expect([...new Set(done)].toSorted()).toEqual(texts.map(({ id }) => id).toSorted());
      for (const [index, from] of talkers.entries()) {
        const shown = emulator
          .phone(from)
          .messages()
          .map(({ message }) => message);
        expect(shown).toEqual([`re: Incoming_talk-${index}`]);
      }
      await expectRightList(address);
    });
  });
}

/** Delivers as Event Grid does, again and again until all is acknowledged. Gives the ids that the service was done with. */
async function deliverAll(address: StoreAddress, emulator: Emulator): Promise<string[]> {
  const random = randomFrom(seed);
  const copies = texts.flatMap((text) => Array.from({ length: 1 + Math.floor(random() * 3) }, () => text));
  const queue = deliveriesOf(shuffled(copies, random).map(inboundEvent), random);
  const { connectionString } = emulator;
  const start = (life: number): Child =>
    new Child(new URL("programs/receiver.ts", import.meta.url), {
      address,
      connectionString,
      seed: seed + life,
    });
  let receiver = start(0);
  const lines: string[] = [];
  try {
    await deliver(queue, receiver, queue.length / 2);
    lines.push(...(await killed(receiver, queue)));
    receiver = start(1);
    await deliver(queue, receiver, 0);
    lines.push(...receiver.lines);
  } finally {
    await receiver.kill();
  }
  return lines.flatMap((line) => (line.startsWith("done ") ? line.slice("done ".length) : []));
}

/** Bodies of one to four events. */
function deliveriesOf(events: readonly Json[], random: () => number): Json[][] {
  const rest = [...events];
  const bodies: Json[][] = [];
  while (rest.length > 0) bodies.push(rest.splice(0, 1 + Math.floor(random() * 4)));
  return bodies;
}

/** Posts bodies, eight at a time, until so many are left; what is not acknowledged goes to the end of the queue. */
async function deliver(queue: Json[][], receiver: Child, untilLeft: number): Promise<void> {
  const url = await urlOf(receiver);
  const work = async (): Promise<void> => {
    while (queue.length > untilLeft) {
      const body = queue.shift();
      if (body !== undefined && !(await isAcknowledged(url, body))) queue.push(body);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

/** Kills the service with deliveries in its hands; they are not acknowledged, and come again. */
async function killed(receiver: Child, queue: Json[][]): Promise<string[]> {
  const url = await urlOf(receiver);
  const inHands = queue.splice(0, 8);
  const answers = inHands.map(async (body) => isAcknowledged(url, body).catch(() => false));
  await receiver.until((lines) => lines.length > 1);
  await receiver.kill();
  const acknowledged = await Promise.all(answers);
  queue.push(...inHands.filter((_, index) => acknowledged[index] !== true));
  return receiver.lines;
}

async function urlOf(receiver: Child): Promise<string> {
  await receiver.until((lines) => lines.some((line) => line.startsWith("listening ")));
  return receiver.lines.find((line) => line.startsWith("listening "))?.slice("listening ".length) ?? "";
}

async function isAcknowledged(url: string, body: readonly Json[]): Promise<boolean> {
  const headers = { "Content-Type": "application/json", "aeg-event-type": "Notification" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  await response.arrayBuffer();
  return response.ok;
}

async function expectRightList(address: StoreAddress): Promise<void> {
  const { store, close } = await openStore(address);
  try {
    const decisions = await new SuppressionList(store).check(sender, [...talkers, ...stoppers]);
    const isStopped = decisions.map(({ suppressed }) => suppressed);
    // Those with a START after their STOP are back; one before it changes nothing.
    expect(isStopped).toEqual([...talkers.map(() => false), ...stoppers.map((_, index) => index % 3 !== 2)]);
  } finally {
    await close();
  }
}
