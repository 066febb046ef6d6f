import { AzureLogger } from "@azure/logger";
import { expect, it, vi } from "vitest";

import { person, sender, testClient, testSuppression, text } from "../support/clients.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";

const request = { from: sender, to: [person], message: text };

it("says in the log, once in a process, that a client without a list holds nobody back", async () => {
  const log = vi.spyOn(AzureLogger, "log");
  const lines = (): string[] =>
    log.mock.calls.map((args) => args.join(" ")).filter((line) => line.startsWith("azure:acs-sms:"));
  await using server = await ScriptedServer.start(accepted);

  await testClient(server, { suppression: testSuppression() }).send(request);
  expect(lines()).toEqual([]);

  await testClient(server).send(request);
  await vi.waitFor(() => expect(lines()).toHaveLength(1));
  expect(lines()[0]).toMatch(/^azure:acs-sms:warning This SmsClient has no `suppression` list/);

  await testClient(server).send(request);
  expect(lines()).toHaveLength(1);
});

it("says in the log that an observer failed, without what it was told", async () => {
  const log = vi.spyOn(AzureLogger, "log");
  await using server = await ScriptedServer.start(accepted);
  const observers = [{ observe: async () => Promise.reject(new Error(`no room for ${person}`)) }];
  await testClient(server, { observers }).send(request);
  await vi.waitFor(() =>
    expect(log.mock.calls.flat().join("\n")).toContain("An observer failed: no room for +***0123"),
  );
});
