import { expect, test } from "vitest";
import { hashOf, isPhoneNumber, parseHash } from "../../src/emulator/page/hash.js";
import { ann } from "./samples.js";

test.for([
  ["", { section: "phones" }],
  ["#requests", { section: "requests" }],
  ["#insights", { section: "insights" }],
  [`#phones/${ann}`, { section: "phones", phone: ann }],
  ["#phones/12", { section: "phones" }],
  [`#events/${ann}`, { section: "events" }],
  ['#phones/"]<script>', { section: "phones" }],
  ["#nowhere", { section: "phones" }],
] as const)("reads %s", ([hash, route]) => {
  expect(parseHash(hash)).toEqual(route);
});

test("reads back what it writes", () => {
  expect(parseHash(hashOf("phones", ann))).toEqual({ section: "phones", phone: ann });
  expect(parseHash(hashOf("settings"))).toEqual({ section: "settings" });
});

test("knows E.164 as the emulator does", () => {
  const numbers = [
    ann,
    "+447700900123",
    "14255550123",
    "+1425555012",
    "+142555501234",
    "+0123456789",
    "STOP",
  ];
  expect(numbers.filter(isPhoneNumber)).toEqual([ann, "+447700900123"]);
});
