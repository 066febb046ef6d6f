import { describe, expect, it } from "vitest";

import { MemoryEventInbox } from "../../../src/events/memory-event-inbox.js";
import { runInboxConformance, type InboxConformanceOptions } from "../../../src/stores/conformance/index.js";
import { brokenInboxes, type InboxBreakage } from "./broken-inboxes.js";
import { MapInbox } from "./map-inbox.js";
import { collected, failuresOf, ofConcern } from "./suite.js";

/** How a suite gets at inboxes over maps. */
function optionsFor(Inbox: InboxBreakage["Inbox"]): Omit<InboxConformanceOptions<MapInbox>, "test"> {
  return {
    createInbox: () => new Inbox(),
    openAnother: ({ database }) => new Inbox(database),
    completeElsewhere: async ({ database }, key, sentMessageId) => {
      const inbox = new Inbox(database);
      await inbox.complete(key, "token");
      await inbox.completeReply(key, sentMessageId);
    },
    breakBackend: ({ database }) => void (database.isBroken = true),
  };
}

describe("the inbox in memory", () => {
  const report = runInboxConformance({ test: it, createInbox: () => new MemoryEventInbox() });

  it("is held to what one process can show", () => {
    expect(report.leftOut).toEqual([
      { concern: "concurrency of two inboxes", needs: ["openAnother"] },
      { concern: "sharing", needs: ["openAnother"] },
      { concern: "durability", needs: ["completeElsewhere"] },
      { concern: "failure", needs: ["breakBackend"] },
    ]);
  });
});

describe("an inbox as it should be", () => {
  const report = runInboxConformance({ test: it, ...optionsFor(MapInbox) });

  it("is held to everything", () => {
    expect(report.leftOut).toEqual([]);
  });
});

describe("an inbox that is broken fails, where", () => {
  it.each(brokenInboxes)("$what", async ({ Inbox, fails, message }) => {
    const { tests } = collected((test) =>
      runInboxConformance({ test, ...optionsFor(Inbox), callTimeoutInMs: 500 }),
    );
    expect(await failuresOf(ofConcern(tests, fails), message)).toContainEqual(expect.stringMatching(message));
  });
});
