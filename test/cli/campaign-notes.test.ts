import { describe, expect, test } from "vitest";

import { isSameCampaign, isSecretStore, noteOf, orderIn } from "../../src/cli/commands/campaign/note.js";
import { readOrder, type Order, type OrderValues } from "../../src/cli/commands/campaign/order.js";
import { Console } from "../../src/cli/output/console.js";
import { fakeEnvironment } from "./command-line.js";

const values: OrderValues = {
  from: ["+18005551234", "ACME"],
  csv: "list.csv",
  "to-file": undefined,
  column: ["to=Phone", "key=3"],
  delimiter: ";",
  encoding: undefined,
  message: "--quoted=\"{Name}\"\nand 'more'",
  "message-file": undefined,
  store: "sqlite:./opt-outs.db",
  "no-suppression": false,
  "revoke-all": true,
  program: [],
  rate: "200",
  concurrency: undefined,
  "on-unknown": undefined,
  "send-before": "2026-03-02T22:05Z",
  "delivery-report": true,
  tag: "",
  "default-country": "US",
};

async function order(changes: Partial<OrderValues> = {}): Promise<Order> {
  return readOrder({ ...values, ...changes }, new Console(fakeEnvironment({ folder: "/shop" })));
}

describe.skipIf(process.platform === "win32")("what a journal keeps of an order", () => {
  test("comes back as it was, with paths for any folder", async () => {
    const kept = await order();
    expect(kept).toMatchObject({ csv: "/shop/list.csv", store: "sqlite:/shop/opt-outs.db" });
    expect(orderIn(noteOf(kept))).toEqual(kept);
    const numbers = await order({ csv: undefined, "to-file": "a/b.txt", column: [], message: "hi" });
    expect(orderIn(noteOf(numbers))).toEqual(numbers);
    expect(numbers["to-file"]).toBe("/shop/a/b.txt");
  });

  test("is no password, and nothing else that the command was told", async () => {
    const store = "postgres://sms:open%20sesame@localhost/shop";
    const told = { ...(await order({ store })), yes: true, "connection-string-file": "key.txt" };
    expect(isSecretStore(told)).toBe(true);
    expect(noteOf(told)).not.toMatch(/sesame|postgres|yes|key\.txt/);
    const open = await order({ store: "postgres://localhost/shop" });
    expect(isSecretStore(open)).toBe(false);
    expect(orderIn(noteOf(open)).store).toBe("postgres://localhost/shop");
  });

  test("is one campaign at any speed and with any store, and another one with anything else", async () => {
    const first = await order();
    const faster = { rate: "none", concurrency: "1", "on-unknown": "resend", store: undefined };
    expect(isSameCampaign(first, await order(faster))).toBe(true);
    expect(isSameCampaign(first, orderIn(noteOf(first)))).toBe(true);
    expect(isSameCampaign(first, await order({ message: "x" }))).toBe(false);
    expect(isSameCampaign(first, await order({ from: ["ACME"] }))).toBe(false);
    expect(isSameCampaign(first, await order({ "no-suppression": true }))).toBe(false);
  });

  test.for([undefined, "", "a note", "7", "null", "{}", '{"format":"acs-sms campaign 1","arguments":[1]}'])(
    "is not %j",
    (note) => {
      expect(() => orderIn(note)).toThrow("begun by a program");
    },
  );
});
