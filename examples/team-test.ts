/**
 * A team's integration test: sign-in with a code by text, against the emulator on every build. The same tests hold for
 * the official client and for this package's, which knows better who said STOP.
 */
import assert from "node:assert/strict";
import { randomInt, timingSafeEqual } from "node:crypto";
import { afterEach, beforeEach, suite, test } from "node:test";

import { SmsClient as OfficialSmsClient } from "@azure/communication-sms";
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { expectNoMessage, extractCode, extractLink, setupEmulator } from "acs-sms/emulator/testing";

const from = "+18005551234";
const to = "+14255550123";

/** What is tested. It takes either client, and sends codes that can be used once. */
class SignIn {
  readonly #sms: Pick<OfficialSmsClient, "send">;
  readonly #codes = new Map<string, string>();

  constructor(sms: Pick<OfficialSmsClient, "send">) {
    this.#sms = sms;
  }

  async begin(to: string): Promise<"sent" | "offer a call"> {
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    const message = `${code} is your code for Contoso. Not you? See https://contoso.com/help.`;
    const [result] = await this.#sms.send({ from, to: [to], message });
    if (result?.successful !== true) return "offer a call";
    this.#codes.set(to, code);
    return "sent";
  }

  finish(to: string, typed: string): boolean {
    const code = this.#codes.get(to);
    this.#codes.delete(to);
    return typed.length === code?.length && timingSafeEqual(Buffer.from(typed), Buffer.from(code));
  }
}

/** A fresh one for each test, with empty phones. With `before` and `after` all tests would share one. */
const acs = setupEmulator({ beforeEach, afterEach });
const suppression = new SuppressionList(new MemorySuppressionStore());

const clients = {
  "the official client": () => new OfficialSmsClient(acs.connectionString, acs.clientOptions),
  "acs-sms": () => new SmsClient(acs.connectionString, { suppression, ...acs.clientOptions }),
};

for (const [name, createClient] of Object.entries(clients)) {
  void suite(`with ${name}`, () => {
    void test("the code that a person gets is right, once", async () => {
      const signIn = new SignIn(createClient());
      assert.equal(await signIn.begin(to), "sent");
      const code = extractCode(await acs.emulator.waitForMessage({ to })) ?? "";
      assert.ok(signIn.finish(to, code));
      assert.ok(!signIn.finish(to, code));
    });

    void test("the message says where to get help", async () => {
      await new SignIn(createClient()).begin(to);
      assert.equal(extractLink(await acs.emulator.waitForMessage({ to })), "https://contoso.com/help");
    });

    void test("nobody is texted a code after STOP", async () => {
      acs.emulator.phone(to).send("STOP", { to: from });
      await new SignIn(createClient()).begin(to);
      await expectNoMessage(acs.emulator, { to, match: "your code", withinInMs: 50 });
    });
  });
}

// The official client only learns of it from a delivery report, if anybody reads it.
void test("after STOP, acs-sms says at once that no code will come", async () => {
  const inbound = acs.emulator.phone(to).send("STOP", { to: from });
  await suppression.handleMessage(inbound);
  assert.equal(await new SignIn(clients["acs-sms"]()).begin(to), "offer a call");
  assert.deepEqual(acs.emulator.requests(), []);
});
