import { expect, test } from "vitest";
import { arrivals, phoneLimit, withMessages } from "../../src/emulator/page/conversations.js";
import { ann, message } from "./samples.js";

const none = new Map();

test("a message arrives when its phone begins to show it, once", () => {
  const underWay = message("one", { state: "under-way", isShown: false });
  expect(arrivals(none, [underWay])).toEqual([]);
  const before = withMessages(none, [underWay]);
  expect(arrivals(before, [message("one")])).toEqual([message("one")]);
  expect(arrivals(before, [message("one"), message("one")])).toEqual([message("one")]);
  expect(arrivals(withMessages(none, [message("one")]), [message("one")])).toEqual([]);
});

test("what a person typed does not arrive, what the carrier answers does", () => {
  const typed = message("one", { kind: "inbound" });
  const notice = message("Notice_1", { kind: "notice" });
  expect(arrivals(none, [typed, notice])).toEqual([notice]);
});

test("keeps the phones that were heard of last", () => {
  const messages = Array.from({ length: phoneLimit + 2 }, (_, index) =>
    message(`m${index}`, { phone: `+1425${index + 1_000_000}` }),
  );
  const phones = withMessages(withMessages(none, [message("first")]), messages);
  expect(phones.size).toBe(phoneLimit);
  expect(phones.has(ann)).toBe(false);
  expect([...phones.keys()].at(-1)).toBe(messages.at(-1)?.phone);
});
