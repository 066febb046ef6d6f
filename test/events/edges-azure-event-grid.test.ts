import { describe, expect, it } from "vitest";

import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { toAzureEventGridFunction } from "../../src/events/edges/azure-functions.js";
import { createSmsEventHandler, type SmsEventHandlerOptions } from "../../src/events/event-handler.js";
import { MemoryEventInbox } from "../../src/events/memory-event-inbox.js";
import { canary, leakWatch } from "../support/canary.js";
import { cloudEvent, eventGrid, received, report, withData } from "./samples.js";

const [from] = canary.numbers;
const message = withData(received, { from, message: canary.text });

describe("an Event Grid trigger of Azure Functions", () => {
  it.each([
    ["one event", eventGrid(message)],
    ["one CloudEvent", cloudEvent(message)],
    ["several", [eventGrid(message), eventGrid(report)]],
  ])("takes %s", async (_, body) => {
    const texts: string[] = [];
    const run = triggered({ onMessage: (received) => void texts.push(received.message) });
    await expect(run(body)).resolves.toBeUndefined();
    expect(texts).toEqual([canary.text]);
  });

  it("records an opt-out", async () => {
    const suppression = new SuppressionList(new MemorySuppressionStore());
    await triggered({ suppression })(eventGrid(withData(message, { message: "STOP" })));
    const to = `+${String(received.data["to"])}`;
    const [decision] = await suppression.check(to, [from]);
    expect(decision?.suppressed).toBe(true);
  });

  it("rejects when one event fails, with what is safe to log", async () => {
    const run = triggered({
      onMessage: (received) => {
        throw new Error(`No room for “${received.message}” from ${received.from}.`);
      },
    });
    const error = await rejectionOf(run([eventGrid(message), eventGrid(report)]));
    expect(error.message).toMatch(
      /^To come again: 1 failed and 0 in work elsewhere, of 2 events; No room for/,
    );
    leakWatch.error("the function's rejection", error);
  });

  it("rejects for an event that nobody can read, with the name of the field alone", async () => {
    const error = await rejectionOf(triggered({})(eventGrid(withData(message, { from: undefined }))));
    expect(error.message).toMatch(/1 failed .*from/i);
    leakWatch.error("the function's rejection", error);
  });

  it("rejects while another worker is at the event", async () => {
    const inbox = new MemoryEventInbox();
    const atWork = Promise.withResolvers<void>();
    const first = triggered({ inbox, onMessage: async () => atWork.promise })(eventGrid(message));
    const error = await rejectionOf(triggered({ inbox })(eventGrid(message)));
    expect(error.message).toBe("To come again: 0 failed and 1 in work elsewhere, of 1 events");
    atWork.resolve();
    await expect(first).resolves.toBeUndefined();
    await expect(triggered({ inbox })(eventGrid(message))).resolves.toBeUndefined();
  });
});

function triggered(options: Partial<SmsEventHandlerOptions>) {
  return toAzureEventGridFunction(
    createSmsEventHandler({
      sms: { send: () => Promise.reject(new Error("Nothing is sent in this test.")) },
      suppression: new SuppressionList(new MemorySuppressionStore()),
      ...options,
    }),
  );
}

async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.unreachable("It should have been rejected."),
    (error: unknown) => error as Error,
  );
}
