import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createSmsEventHandler } from "../../src/events/event-handler.js";
import { MemoryEventInbox } from "../../src/events/memory-event-inbox.js";
import type { ReplyOutcome, SmsMessageContext } from "../../src/events/message-context.js";
import type { SmsInboundMessage } from "../../src/events/sms-event.js";
import { person, sender, testClient, testSuppression } from "../support/clients.js";
import { accepted, ScriptedServer, type Script } from "../support/scripted-server.js";
import { handle, inboundEvent, type InboundChanges } from "./support.js";

const answer = "We will call you.";
const [minute, hour] = [60_000, 3_600_000];

beforeEach(() => {
  // In the middle of a second, which the wire does not know.
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-02T12:00:00.400Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

type OnMessage = (context: SmsMessageContext, message: SmsInboundMessage) => Promise<unknown>;

/** A service, a client with a suppression list, and a handler of which a test tells what it does the nth time. */
async function twoWay(script: Script, ...rounds: readonly OnMessage[]) {
  const server = await ScriptedServer.start(script);
  const suppression = testSuppression();
  const sms = testClient(server, { suppression, retryOptions: { retryDelayInMs: 1, maxRetries: 1 } });
  const inbox = new MemoryEventInbox();
  const replies: unknown[] = [];
  let round = 0;
  const handler = createSmsEventHandler({
    sms,
    suppression,
    inbox,
    onMessage: async (message, context) => {
      const onMessage = rounds[Math.min(round, rounds.length - 1)];
      round += 1;
      replies.push(await onMessage?.(context, message));
    },
  });
  const sent = () => server.requests.map(({ body }) => body.message);
  const identities = () => server.requests.map(({ body }) => body.smsRecipients[0]);
  const deliver = async (changes: InboundChanges = {}) =>
    (await handle(handler, [inboundEvent({ message: "Hello", ...changes })]))[0];
  return {
    server,
    suppression,
    inbox,
    deliver,
    replies,
    sent,
    identities,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const reply: OnMessage = (context) => context.reply(answer);

/** Replies, and then something else fails, so that the event comes again. */
const replyThenFail: OnMessage = async (context) => {
  await context.reply(answer);
  throw new Error("the database is down");
};

const statusOf = (outcome: unknown): unknown => (outcome as ReplyOutcome | undefined)?.status;

describe("a reply", () => {
  it("goes to the person, from the number that was texted", async () => {
    await using it = await twoWay(accepted, reply);
    expect(await it.deliver()).toMatchObject({ status: "handled" });
    expect(it.replies).toMatchObject([{ status: "accepted", to: person }]);
    expect(it.server.requests.map(({ body }) => body)).toMatchObject([
      { from: sender, message: answer, smsRecipients: [{ to: person }] },
    ]);
  });

  it("takes options to the wire", async () => {
    const options = { tag: "support", enableDeliveryReport: true };
    await using it = await twoWay(accepted, (context) => context.reply(answer, options));
    await it.deliver();
    expect(it.server.requests[0]?.body.smsSendOptions).toMatchObject(options);
  });

  it("is stopped by the suppression list, also by the very message it answers", async () => {
    await using it = await twoWay(accepted, reply);
    await it.deliver({ id: "Incoming_stop", message: "STOP" });
    await it.deliver({ id: "Incoming_more", message: "Hello?" });
    expect(it.replies.map(statusOf)).toEqual(["suppressed", "suppressed"]);
    expect(it.server.requests).toEqual([]);
  });

  it("that was stopped is sent when the person has come back", async () => {
    await using it = await twoWay(accepted, async (context) => context.reply(answer));
    await it.deliver({ id: "Incoming_stop", message: "STOP" });
    later(minute);
    await it.deliver({ id: "Incoming_start", message: "START" });
    expect(it.replies.map(statusOf)).toEqual(["suppressed", "accepted"]);
  });

  it.each([0, minute, 4 * hour, 23 * hour])(
    "is sent once, where the handler failed after it and the event came again %i ms later",
    async (wait) => {
      await using it = await twoWay(accepted, replyThenFail, replyThenFail, reply);
      for (const status of ["failed", "failed", "handled", "skipped"]) {
        expect(await it.deliver({ receivedAt: new Date("2026-03-02T11:59:00Z") })).toMatchObject({ status });
        later(wait);
      }
      expect(it.sent()).toEqual([answer]);
      expect(it.replies).toEqual([
        { status: "already-sent", to: person, messageId: expect.stringMatching(/^Outgoing_/) },
      ]);
    },
  );

  it("is told apart from the next by its place: what was not sent is sent", async () => {
    const both: OnMessage = async ({ reply }) => [await reply("one"), await reply("two")];
    const first: OnMessage = async ({ reply }) => {
      await reply("one");
      throw new Error("no");
    };
    await using it = await twoWay(accepted, first, both);
    const receivedAt = new Date();
    expect(await it.deliver({ receivedAt })).toMatchObject({ status: "failed" });
    expect(await it.deliver({ receivedAt })).toMatchObject({ status: "handled" });
    expect(it.sent()).toEqual(["one", "two"]);
    expect(new Set(it.identities().map((identity) => identity?.repeatabilityRequestId)).size).toBe(2);
  });

  it("to one message is none to another", async () => {
    await using it = await twoWay(accepted, reply);
    await it.deliver({ id: "Incoming_1" });
    await it.deliver({ id: "Incoming_2" });
    expect(it.sent()).toEqual([answer, answer]);
    expect(new Set(it.identities().map((identity) => identity?.repeatabilityRequestId)).size).toBe(2);
  });
});

describe("a reply of unknown outcome", () => {
  const throwUnlessSent: OnMessage = async (context) => {
    const outcome = await context.reply(answer);
    if (outcome.status === "unknown") throw outcome.error;
    return outcome;
  };

  /** Drops every request until it is told to answer. */
  function flaky(): { script: Script; heal: () => void } {
    let isDown = true;
    return {
      script: (seen) => (isDown ? { drop: true } : accepted(seen)),
      heal: () => {
        isDown = false;
      },
    };
  }

  it("is repeated under its first identity within the window", async () => {
    const { script, heal } = flaky();
    await using it = await twoWay(script, throwUnlessSent);
    const receivedAt = new Date();
    expect(await it.deliver({ receivedAt })).toMatchObject({ status: "failed" });
    const before = it.identities();
    expect(before.length).toBeGreaterThan(0);
    heal();
    later(4 * minute);
    expect(await it.deliver({ receivedAt })).toMatchObject({ status: "handled" });
    expect(it.identities().length).toBe(before.length + 1);
    for (const identity of it.identities()) expect(identity).toEqual(before[0]);
    expect(it.replies.map(statusOf)).toEqual(["accepted"]);
  });

  it("is not repeated after it, however often the event comes", async () => {
    const { script, heal } = flaky();
    await using it = await twoWay(script, throwUnlessSent);
    const receivedAt = new Date();
    await it.deliver({ receivedAt });
    const { length } = it.server.requests;
    heal();
    for (const wait of [6 * minute, hour, 10 * hour]) {
      later(wait);
      expect(await it.deliver({ receivedAt })).toMatchObject({
        status: "failed",
        error: { code: "repeatability-window-passed" },
      });
    }
    expect(it.server.requests).toHaveLength(length);
  });

  it("says the time of its record from the first attempt on, however long the list takes to answer", async () => {
    const { script, heal } = flaky();
    await using it = await twoWay(script, throwUnlessSent);
    const beginReply = it.inbox.beginReply.bind(it.inbox);
    it.inbox.beginReply = async (key, at) => {
      const record = await beginReply(key, at);
      later(2000);
      return record;
    };
    const receivedAt = new Date();
    await it.deliver({ receivedAt });
    heal();
    await it.deliver({ receivedAt });
    const times = new Set(it.identities().map((identity) => identity?.repeatabilityFirstSent));
    expect([...times]).toEqual([receivedAt.toUTCString()]);
  });

  it("is what a worker leaves behind that died while it sent", async () => {
    await using it = await twoWay(accepted, throwUnlessSent);
    const receivedAt = new Date();
    await it.inbox.beginReply("reply 1 to Incoming_1", new Date());
    later(minute);
    expect(await it.deliver({ receivedAt })).toMatchObject({ status: "handled" });
    expect(it.identities()[0]?.repeatabilityFirstSent).toBe("Mon, 02 Mar 2026 12:00:00 GMT");
  });
});

describe("a reply to a person who has opted out", () => {
  it("is held back also where the client that sends it has no list of its own", async () => {
    await using server = await ScriptedServer.start(accepted);
    const outcomes: ReplyOutcome[] = [];
    const handler = createSmsEventHandler({
      sms: testClient(server),
      suppression: testSuppression(),
      onMessage: async (_message, context) => void outcomes.push(await context.reply(answer)),
    });
    await handle(handler, [inboundEvent({ message: "STOP" })]);
    expect(outcomes.map(({ status }) => status)).toEqual(["suppressed"]);
    expect(server.requests).toHaveLength(0);
  });
});

describe("a reply that certainly was not sent", () => {
  it.each([400, 401, 429])("as the service refused it with %i, is sent anew hours later", async (status) => {
    let isRefusing = true;
    const throwUnlessSent: OnMessage = async (context) => {
      const outcome = await context.reply(answer);
      if (outcome.status !== "accepted") throw new Error(outcome.status);
      return outcome;
    };
    await using it = await twoWay((seen) => (isRefusing ? { status } : accepted(seen)), throwUnlessSent);
    const receivedAt = new Date();
    expect(await it.deliver({ receivedAt })).toMatchObject({
      status: "failed",
      error: { message: "unsent" },
    });
    isRefusing = false;
    later(3 * hour);
    expect(await it.deliver({ receivedAt })).toMatchObject({ status: "handled" });
    expect(it.replies.map(statusOf)).toEqual(["accepted"]);
  });

  it("as it was malformed, is sent anew when the code was mended", async () => {
    await using it = await twoWay(accepted, (context) => context.reply(""), reply);
    const receivedAt = new Date();
    expect(await it.deliver({ receivedAt })).toMatchObject({ status: "failed" });
    later(hour);
    expect(await it.deliver({ receivedAt })).toMatchObject({ status: "handled" });
    expect(it.replies.map(statusOf)).toEqual(["accepted"]);
  });
});

describe("confirmOptOut", () => {
  const confirm: OnMessage = (context) => context.confirmOptOut("You will get no more texts.");

  it("is not possible where the carrier answers: toll-free STOP", async () => {
    await using it = await twoWay(accepted, confirm);
    await it.deliver({ message: "STOP" });
    expect(it.replies).toEqual([undefined]);
    expect(it.server.requests).toEqual([]);
  });

  it.each(["Hello", "HELP", "START", "please stop texting me"])("is not possible for %j", async (message) => {
    await using it = await twoWay(accepted, confirm);
    await it.deliver({ message });
    expect(it.replies).toEqual([undefined]);
  });

  it("is not possible for a message that is older than five minutes", async () => {
    await using it = await twoWay(accepted, confirm);
    await it.deliver({ message: "QUIT", receivedAt: new Date(Date.now() - 6 * minute) });
    expect(it.replies).toEqual([undefined]);
    expect((await it.suppression.check(sender, [person]))[0]?.suppressed).toBe(true);
  });

  it("passes the opt-out it confirms once: toll-free QUIT", async () => {
    const twice: OnMessage = async (context, message) => [
      await confirm(context, message),
      await confirm(context, message),
      await context.reply("and more"),
    ];
    await using it = await twoWay(accepted, twice);
    await it.deliver({ message: "QUIT" });
    expect((it.replies[0] as ReplyOutcome[]).map(({ status }) => status)).toEqual([
      "accepted",
      "already-sent",
      "suppressed",
    ]);
    expect(it.sent()).toEqual(["You will get no more texts."]);
  });

  it("is sent once where the handler failed after it", async () => {
    const confirmThenFail: OnMessage = async (context, message) => {
      await confirm(context, message);
      throw new Error("no");
    };
    await using it = await twoWay(accepted, confirmThenFail, confirm);
    const receivedAt = new Date();
    await it.deliver({ message: "QUIT", receivedAt });
    later(minute);
    expect(await it.deliver({ message: "QUIT", receivedAt })).toMatchObject({ status: "handled" });
    expect(it.replies.map(statusOf)).toEqual(["already-sent"]);
    expect(it.sent()).toHaveLength(1);
  });

  it("is sent once also where the inbox has forgotten it", async () => {
    await using it = await twoWay(accepted, confirm);
    const forgetful = createSmsEventHandler({
      sms: testClient(it.server, { suppression: it.suppression }),
      suppression: it.suppression,
      onMessage: async (_, context) => void it.replies.push(await context.confirmOptOut("Bye.")),
    });
    const receivedAt = new Date();
    await it.deliver({ message: "QUIT", receivedAt });
    await handle(forgetful, [inboundEvent({ message: "QUIT", receivedAt })]);
    expect(it.replies.map(statusOf)).toEqual(["accepted", "suppressed"]);
    expect(it.server.requests).toHaveLength(1);
  });
});

describe("answerHelp", () => {
  const help: OnMessage = async (context, message) => [
    await context.answerHelp(`Help for ${message.messageId}`),
    await context.answerHelp("again"),
    await context.reply("a reply"),
  ];

  it("reaches a person who has opted out, once for each HELP", async () => {
    await using it = await twoWay(accepted, async () => undefined, help);
    await it.deliver({ id: "Incoming_stop", message: "STOP" });
    await it.deliver({ id: "Incoming_2", message: "help" });
    await it.deliver({ id: "Incoming_3", message: "HELP" });
    const outcomes = it.replies.slice(1) as ReplyOutcome[][];
    for (const said of outcomes)
      expect(said.map(statusOf)).toEqual(["accepted", "already-sent", "suppressed"]);
    expect(it.sent()).toEqual(["Help for Incoming_2", "Help for Incoming_3"]);
  });

  it("reaches a person who has not, and leaves replies alone", async () => {
    await using it = await twoWay(accepted, help);
    await it.deliver({ message: "HELP" });
    expect((it.replies[0] as ReplyOutcome[]).map(statusOf)).toEqual(["accepted", "already-sent", "accepted"]);
  });

  it.each(["STOP", "QUIT", "Hello"])("is not possible for %j", async (message) => {
    await using it = await twoWay(accepted, (context) => context.answerHelp("Help"));
    await it.deliver({ message });
    expect(it.replies).toEqual([undefined]);
    expect(it.server.requests).toEqual([]);
  });
});
