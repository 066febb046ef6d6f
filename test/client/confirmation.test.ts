import { describe, expect, it } from "vitest";

import { person, rejection, sender, testClient, testSuppression } from "../support/clients.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";

/** A word that the carrier of a toll-free number does not answer, so that we may. */
const quit = { from: person, to: sender, message: "QUIT", messageId: "Incoming_1" };
const confirmationText = { from: sender, to: [person], message: "You will get no more messages from us." };

async function optedOut() {
  const suppression = testSuppression();
  const { confirmation } = await suppression.handleMessage({ ...quit, receivedAt: new Date() });
  if (confirmation === undefined) throw new TypeError("expected a confirmation");
  return { suppression, confirmation };
}

describe("a confirmation", () => {
  it("passes the opt-out it confirms exactly once, and nothing else does", async () => {
    await using server = await ScriptedServer.start(accepted);
    const { suppression, confirmation } = await optedOut();
    const sms = testClient(server, { suppression });
    const statuses = await Promise.all([
      sms.send(confirmationText, { confirmation }),
      sms.send(confirmationText, { confirmation }),
      sms.send(confirmationText),
    ]);
    expect(
      statuses
        .flat()
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(["accepted", "suppressed", "suppressed"]);
    expect(server.requests).toHaveLength(1);
  });

  it("survives the retries of its own text", async () => {
    await using server = await ScriptedServer.start((seen, index) =>
      index < 2 ? { status: 503 } : accepted(seen),
    );
    const { suppression, confirmation } = await optedOut();
    const [result] = await testClient(server, { suppression }).send(confirmationText, { confirmation });
    expect(result?.status).toBe("accepted");
    expect(server.requests).toHaveLength(3);
  });

  it("is stopped by a newer STOP that comes between two attempts", async () => {
    const { suppression, confirmation } = await optedOut();
    await using server = await ScriptedServer.start(async () => {
      const receivedAt = new Date(Date.now() + 1000);
      await suppression.handleMessage({ ...quit, messageId: "Incoming_2", receivedAt });
      return { status: 429 };
    });
    const [result] = await testClient(server, { suppression }).send(confirmationText, { confirmation });
    expect(result?.status).toBe("suppressed");
    expect(server.requests).toHaveLength(1);
  });

  it("is used up also where the send fails for good", async () => {
    await using server = await ScriptedServer.start(() => ({ status: 400 }));
    const { suppression, confirmation } = await optedOut();
    const sms = testClient(server, { suppression });
    await rejection(sms.send(confirmationText, { confirmation }));
    expect((await sms.send(confirmationText, { confirmation }))[0]?.status).toBe("suppressed");
  });

  it("can be queued as JSON", async () => {
    await using server = await ScriptedServer.start(accepted);
    const { suppression, confirmation } = await optedOut();
    const queued = JSON.parse(JSON.stringify(confirmation)) as typeof confirmation;
    const [result] = await testClient(server, { suppression }).send(confirmationText, {
      confirmation: queued,
    });
    expect(result?.status).toBe("accepted");
  });

  it("is for one recipient and one sender", async () => {
    await using server = await ScriptedServer.start(accepted);
    const { suppression, confirmation } = await optedOut();
    const sms = testClient(server, { suppression });
    const toOther = { ...confirmationText, to: ["+14255550199"] };
    const toTwo = { ...confirmationText, to: [person, "+14255550199"] };
    const fromOther = { ...confirmationText, from: "+18005550000" };
    for (const [request, field] of [
      [toOther, "`to`"],
      [toTwo, "`to`"],
      [fromOther, "`from`"],
    ] as const) {
      expect((await rejection(sms.send(request, { confirmation }))).message).toContain(field);
    }
    expect(server.requests).toHaveLength(0);
  });

  it("answers HELP to a person who has opted out, once", async () => {
    await using server = await ScriptedServer.start(accepted);
    const { suppression } = await optedOut();
    const help = { ...quit, message: "HELP", messageId: "Incoming_3", receivedAt: new Date() };
    const { confirmation } = await suppression.handleMessage(help);
    const sms = testClient(server, { suppression });
    expect((await sms.send(confirmationText, { confirmation }))[0]?.status).toBe("accepted");
    expect((await sms.send(confirmationText, { confirmation }))[0]?.status).toBe("suppressed");
  });
});
