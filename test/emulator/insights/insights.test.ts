import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { magicNumbers, type EmulatorOptions } from "../../../src/emulator/index.js";
import { Figures } from "../../../src/emulator/insights/figures.js";
import { root, runNode, succeed } from "../../../scripts/run.js";
import { requireBuild } from "../../support/require-build.js";
import { controlled } from "../control.js";
import { ann, bob, sender, sendItems, type WireAnswer } from "../wire.js";

beforeAll(requireBuild);

const code = "12345";
const report = { enableDeliveryReport: true };

/** An emulator whose clock stands at a known time, and what it says of its messages. */
async function insightful(options: EmulatorOptions = {}) {
  const offsetInMs = Date.parse("2026-01-15T10:00:00Z") - Date.now();
  const { emulator, control } = await controlled({ clock: { speed: 0, offsetInMs }, ...options });
  const send = (to: readonly string[], tag?: string, from = sender) =>
    sendItems(emulator, {
      from,
      smsRecipients: to.map((to) => ({ to })),
      smsSendOptions: { ...report, ...(tag !== undefined && { tag }) },
    });
  const ask = (query: Record<string, string> = {}): Promise<WireAnswer> =>
    control("GET", `/insights?${new URLSearchParams(query).toString()}`);
  /** What happens at this moment has happened. */
  const end = (): string => new Date(emulator.clock.now().getTime() + 1).toISOString();
  return { emulator, control, send, ask, end };
}

describe("GET /_emulator/insights", () => {
  it("has the figures of what was sent and answered", async () => {
    const { emulator, send, ask } = await insightful();
    const { unreachable, nonexistent, noReportSupport } = magicNumbers;
    await send([ann, bob, unreachable.number, nonexistent.number], "spring");
    await send([unreachable.number, noReportSupport.number]);
    emulator.phone(ann).send("See you", { to: sender });
    emulator.phone(bob).send("STOP", { to: sender });
    await send([bob], "spring");
    emulator.phone(bob).send("START", { to: sender });
    await send([bob], "spring");
    const { body } = await ask({ groupBy: "tag" });
    expect(body).toMatchObject({
      timeZone: "UTC",
      groupBy: ["tag"],
      total: {
        messages: 8,
        recipients: 5,
        accepted: 8,
        delivered: 3,
        failed: 4,
        failedByCode: { "4004": 1, "4006": 2, none: 1 },
        unconfirmed: 1,
        deliveryRate: 3 / 7,
        latencyInMs: { p50: 0 },
        replies: 1,
        optOuts: 1,
        optIns: 1,
      },
      groups: [
        { key: { tag: "spring" }, accepted: 6, delivered: 3, failed: 3 },
        { key: { tag: null }, accepted: 2, delivered: 0, failed: 1 },
      ],
      unattributed: { replies: 0, optOuts: 0, optIns: 0 },
    });
  });

  it("knows a STOP that follows no message, and leaves out what nobody knows", async () => {
    const { emulator, ask } = await insightful();
    emulator.phone(ann).send("STOP", { to: sender });
    const { body } = await ask();
    expect(body).toMatchObject({ groups: [{ key: {} }], unattributed: { optOuts: 1 } });
    expect(Object.keys((body as { total: object }).total)).not.toContain("deliveryRate");
  });

  it("follows a message from its acceptance to its phone, by the emulated clock", async () => {
    const { emulator, send, ask } = await insightful({ deliveryDelayInMs: 1500 });
    await send([ann, magicNumbers.late.number]);
    expect((await ask()).body).toMatchObject({ total: { accepted: 2, pending: 2 } });
    emulator.clock.advance(1500);
    expect((await ask()).body).toMatchObject({
      total: { delivered: 1, pending: 1, latencyInMs: { p50: 1500, p99: 1500 } },
    });
    emulator.clock.advance(10_000);
    expect((await ask()).body).toMatchObject({
      total: { delivered: 2, pending: 0, latencyInMs: { p50: 1500, p99: 11_500 } },
    });
  });

  it("says that a report is overdue once the clock has gone on for long enough", async () => {
    const { emulator, control, ask } = await insightful();
    await sendItems(emulator, { smsRecipients: [{ to: magicNumbers.neverAnswers.number }] });
    expect((await ask()).body).toMatchObject({ total: { pending: 1, overdue: 0 } });
    await control("POST", "/clock/advance", { milliseconds: 37 * 3_600_000 });
    expect((await ask()).body).toMatchObject({ total: { pending: 0, overdue: 1 } });
  });

  it("is about a range, in a time zone, and about some of the messages", async () => {
    const { emulator, send, ask, end } = await insightful();
    emulator.putSender({ number: code, kind: "short-code" });
    await send([ann], "early");
    emulator.clock.advance(20 * 60_000 + 30_000);
    await send([ann, "+33639981234"], "late", code);
    emulator.clock.advance(60_000);
    const accepted = async (query: Record<string, string>) =>
      ((await ask(query)).body as { total: { accepted: number } }).total.accepted;
    expect(await accepted({})).toBe(3);
    expect(await accepted({ minutes: "15" })).toBe(2);
    expect(await accepted({ minutes: "1" })).toBe(2);
    expect(await accepted({ to: "2026-01-15T10:20:00Z" })).toBe(1);
    expect(await accepted({ from: "2026-01-15T10:20:00+00:00" })).toBe(2);
    expect(await accepted({ tag: "early" })).toBe(1);
    expect(await accepted({ sender: code })).toBe(2);
    expect(await accepted({ country: "FR" })).toBe(1);
    const { body } = await ask({ minutes: "15", groupBy: "minute,day", timeZone: "Asia/Kathmandu" });
    expect(body).toMatchObject({
      from: "2026-01-15T10:06:00.000Z",
      to: end(),
      timeZone: "Asia/Kathmandu",
      groups: [{ key: { minute: "2026-01-15T10:20:00.000Z", day: "2026-01-14T18:15:00.000Z" }, accepted: 2 }],
    });
  });

  it("begins with the oldest message where no range is given, and at this moment where there is none", async () => {
    const { emulator, send, ask, end } = await insightful();
    expect((await ask()).body).toMatchObject({ from: "2026-01-15T10:00:00.000Z", total: { messages: 0 } });
    emulator.clock.advance(90_000);
    await send([ann]);
    expect((await ask()).body).toMatchObject({
      from: "2026-01-15T10:01:00.000Z",
      to: end(),
      total: { messages: 1 },
    });
  });

  it.for<[string, Record<string, string>]>([
    ["minutes", { minutes: "0" }],
    ["minutes", { minutes: "100001" }],
    ["minutes", { minutes: "soon" }],
    ["minutes", { minutes: "5", from: "2026-01-15T10:00:00Z" }],
    ["from", { from: "yesterday" }],
    ["to", { to: "2026-13-01T00:00:00Z" }],
    ["to", { from: "2026-01-15T10:00:00Z", to: "2026-01-14T10:00:00Z" }],
    ["groupBy", { groupBy: "tag,phone" }],
    ["groupBy", { groupBy: "" }],
    ["timeZone", { timeZone: "Mars/Olympus" }],
    ["from", { from: "2020-01-15T10:00:00Z", groupBy: "minute" }],
  ])("refuses a bad `%s`: %o", async ([name, query]) => {
    const { control, ask } = await insightful();
    const refused = {
      status: 400,
      body: { error: { code: "InvalidParameter", message: expect.stringContaining(`\`${name}\``) } },
    };
    expect(await ask(query)).toMatchObject(refused);
    const { groupBy, ...rest } = query;
    if (groupBy !== undefined) return;
    expect(await control("GET", `/insights/report?${new URLSearchParams(rest).toString()}`)).toMatchObject(
      refused,
    );
  });

  it("forgets with the emulator", async () => {
    const { emulator, send, ask } = await insightful();
    await send([ann, bob]);
    expect((await ask()).body).toMatchObject({ total: { messages: 2 } });
    emulator.reset();
    expect((await ask()).body).toMatchObject({ total: { messages: 0 } });
    await send([ann]);
    expect((await ask()).body).toMatchObject({ total: { messages: 1 } });
  });

  it("lets the emulator close while it is asked, and ends with it", async () => {
    const dispose = vi.spyOn(Figures.prototype, "dispose");
    const { emulator, send, ask } = await insightful();
    await send([ann]);
    await ask();
    const asked = ask().catch(() => undefined);
    await emulator.close();
    await asked;
    expect(dispose).toHaveBeenCalledOnce();
    await expect(dispose.mock.results[0]?.value).resolves.toBeUndefined();
    dispose.mockRestore();
  });

  it("is known to nobody in the emulated world", async () => {
    const { emulator, send, ask } = await insightful();
    await send([ann]);
    const before = [emulator.messages(), emulator.requests(), emulator.deliveries()];
    await ask();
    expect([emulator.messages(), emulator.requests(), emulator.deliveries()]).toEqual(before);
  });
});

describe("GET /_emulator/insights/report", () => {
  it("is the page that the package makes, of the same range", async () => {
    const { emulator, control, send } = await insightful();
    await send([ann, bob, magicNumbers.unreachable.number], "<b>spring</b>");
    emulator.clock.advance(60_000);
    const { status, headers, text } = await control(
      "GET",
      "/insights/report?minutes=15&timeZone=Europe/Berlin",
    );
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(text).toContain("Minute by minute");
    expect(text).toContain("2 of 3 reported");
    expect(text).toContain("times in Europe/Berlin");
    expect(text).toContain("&lt;b&gt;spring&lt;/b&gt;");
    expect(text).not.toContain(ann);
  });
});

describe("without SQLite, as on an older Node", () => {
  it("the emulator works, and says what insights need", async () => {
    const program = join(root, "test", "emulator", "insights", "programs", "without-sqlite.ts");
    const answers: unknown = JSON.parse(await succeed(runNode(["--no-experimental-sqlite", program])));
    const message = expect.stringContaining("Insights need Node 22.13 or newer");
    const refused = { status: 501, body: { error: { code: "NotImplemented", message } } };
    expect(answers).toEqual([refused, refused, { status: 200, body: { value: expect.any(Array) } }]);
  });
});
