import { describe, expect, it, vi } from "vitest";

import { allowUnauthenticated, sharedSecret } from "../../src/events/authorize.js";
import {
  createSmsEventHandler,
  type SmsEventHandler,
  type SmsEventOutcome,
} from "../../src/events/event-handler.js";
import { createSmsWebhook, type SmsWebhookOptions } from "../../src/events/webhook.js";
import { canary } from "../support/canary.js";
import { person, testSuppression, text } from "../support/clients.js";
import { wrong } from "../support/wrong.js";
import { cloudEvent, eventGrid, received, validation, withData } from "./samples.js";
import { delivery, inboundEvent, malformedEvent, noSms, serve, watchLog } from "./support.js";

const secret = "a secret of the webhook";
const open = { authorize: allowUnauthenticated } as const;

function setUp(options: SmsWebhookOptions = open, onMessage?: () => Promise<void> | void) {
  const handler = createSmsEventHandler({ sms: noSms, suppression: testSuppression(), onMessage });
  const spy = vi.spyOn(handler, "handle");
  return { webhook: createSmsWebhook(handler, options), handle: spy };
}

/** A handler whose events all end as told. */
function handlerThat(...statuses: readonly SmsEventOutcome["status"][]): SmsEventHandler {
  const event = { kind: "malformed", index: 0, field: "event", reason: "so", raw: null } as const;
  return { handle: async () => statuses.map((status) => ({ event, status })) };
}

describe("the handshake of Event Grid's schema", () => {
  it("is answered with the code, and the event goes no further", async () => {
    const { webhook, handle } = setUp();
    const response = await webhook(delivery([eventGrid(validation)]));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.json()).toEqual({ validationResponse: validation.data["validationCode"] });
    expect(handle).not.toHaveBeenCalled();
  });

  it("tells the address to a person, and never fetches it", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const onValidationUrl = vi.fn<(url: string) => void>();
    const { webhook } = setUp({ ...open, onValidationUrl });
    expect((await webhook(delivery([eventGrid(validation)]))).status).toBe(200);
    expect(onValidationUrl).toHaveBeenCalledExactlyOnceWith(validation.data["validationUrl"]);
    const without = eventGrid(withData(validation, { validationUrl: undefined }));
    expect((await webhook(delivery([without]))).status).toBe(200);
    expect(onValidationUrl).toHaveBeenCalledTimes(1);
    expect(fetched).not.toHaveBeenCalled();
  });

  it("is answered, and nothing ends, where whoever is told the address fails later", async () => {
    const fail = async (): Promise<void> => Promise.reject(new Error("the mail is down"));
    const { webhook } = setUp({ ...open, onValidationUrl: wrong<() => void>(fail) });
    expect((await webhook(delivery([eventGrid(validation)]))).status).toBe(200);
  });

  it("needs the secret too", async () => {
    const onValidationUrl = vi.fn<(url: string) => void>();
    const { webhook } = setUp({ authorize: sharedSecret(secret), onValidationUrl });
    const response = await webhook(delivery([eventGrid(validation)]));
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain(String(validation.data["validationCode"]));
    expect(onValidationUrl).not.toHaveBeenCalled();
  });

  it("without a code is malformed, and not acknowledged", async () => {
    const broken = eventGrid(withData(validation, { validationCode: undefined }));
    expect((await setUp().webhook(delivery([broken]))).status).toBe(500);
  });

  it("does not end a delivery in whose midst it is", async () => {
    const onMessage = vi.fn(() => {});
    const { webhook } = setUp(open, onMessage);
    const response = await webhook(delivery([eventGrid(validation), inboundEvent()]));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ handled: 2, skipped: 0, busy: 0, failed: 0 });
    expect(onMessage).toHaveBeenCalledTimes(1);
  });
});

describe("the handshake of CloudEvents", () => {
  const options = (origin?: string) =>
    new Request("https://example.com/sms", {
      method: "OPTIONS",
      headers: origin === undefined ? {} : { "WebHook-Request-Origin": origin },
    });

  it("allows Event Grid, also over a real socket", async () => {
    await using server = await serve(setUp().webhook);
    const headers = { "WebHook-Request-Origin": "eventgrid.azure.net" };
    const response = await fetch(server.url, { method: "OPTIONS", headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("webhook-allowed-origin")).toBe("eventgrid.azure.net");
    expect(response.headers.get("webhook-allowed-rate")).toBe("*");
    expect(response.headers.get("allow")).toBe("POST");
    expect(await response.text()).toBe("");
  });

  it.each(["eventemitter.example.com", "*", "", "eventgrid.azure.net.evil.example", undefined])(
    "refuses the origin %j",
    async (origin) => {
      const response = await setUp().webhook(options(origin));
      expect(response.status).toBe(403);
      expect(response.headers.get("webhook-allowed-origin")).toBeNull();
    },
  );

  it("fetches no callback", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const request = options("eventgrid.azure.net");
    request.headers.set("WebHook-Request-Callback", "https://evil.example/");
    await setUp().webhook(request);
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe("a delivery", () => {
  it.each([
    ["application/json", [eventGrid(received)]],
    ["application/json; charset=utf-8", [eventGrid(received)]],
    ["Application/JSON ;charset=UTF-8", eventGrid(received)],
    ["application/cloudevents+json; charset=utf-8", cloudEvent(received)],
    ["application/cloudevents-batch+json", [cloudEvent(received)]],
  ])("of %s is taken", async (contentType, body) => {
    const onMessage = vi.fn(() => {});
    const response = await setUp(open, onMessage).webhook(
      delivery(body, { headers: { "Content-Type": contentType } }),
    );
    expect(response.status).toBe(200);
    expect(onMessage).toHaveBeenCalledTimes(1);
  });

  it.each(["text/plain", "application/xml", "application/jsonp", "", "multipart/form-data"])(
    "of %j is not",
    async (contentType) => {
      const { webhook, handle } = setUp();
      const response = await webhook(
        delivery([inboundEvent()], { headers: { "Content-Type": contentType } }),
      );
      expect(response.status).toBe(415);
      expect(handle).not.toHaveBeenCalled();
    },
  );

  it.each(["GET", "PUT", "PATCH", "DELETE", "HEAD"])("by %s is not", async (method) => {
    const { webhook, handle } = setUp();
    const response = await webhook(delivery([inboundEvent()], { method }));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST, OPTIONS");
    expect(handle).not.toHaveBeenCalled();
  });

  it.each(["", "{", "[", "undefined", "[{}", "\u0000", "not json", "{} {}"])(
    "of a body that is no JSON (%j) comes again",
    async (body) => {
      expect((await setUp().webhook(delivery(body))).status).toBe(500);
    },
  );

  it("of bytes that are no UTF-8 comes again", async () => {
    const request = new Request("https://example.com/", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: Uint8Array.of(0x22, 0xff, 0x22),
    });
    expect((await setUp().webhook(request)).status).toBe(500);
  });

  it("with a byte order mark is taken", async () => {
    const body = `\uFEFF${JSON.stringify([inboundEvent()])}`;
    expect((await setUp().webhook(delivery(body))).status).toBe(200);
  });

  it.each<[number, SmsEventOutcome["status"][]]>([
    [200, []],
    [200, ["handled"]],
    [200, ["handled", "skipped"]],
    [503, ["handled", "busy"]],
    [500, ["handled", "failed", "skipped"]],
    [500, ["busy", "failed"]],
  ])("is answered %i where its events were %j", async (status, statuses) => {
    const response = await createSmsWebhook(handlerThat(...statuses), open)(delivery([]));
    expect(response.status).toBe(status);
  });

  it("that failed is named in the log, without what it held", async () => {
    const lines = watchLog();
    const { webhook } = setUp(open, () => Promise.reject(new Error(`no row for ${person}: ${text}`)));
    const response = await webhook(delivery([inboundEvent(), malformedEvent()]));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("row");
    await vi.waitFor(() => expect(lines.join("\n")).toMatch(/will come again.*no row for/s));
    expect(lines.join("\n")).toContain("data.message: Expected `data.message` to be a string, got a number.");
  });

  it("that a handler or an authoriser throws at is answered 500, and named in the log", async () => {
    const fail = () => Promise.reject(new Error(`broken at ${canary.numbers[1]}`));
    const webhooks = [
      createSmsWebhook({ handle: fail }, open),
      createSmsWebhook(handlerThat(), { authorize: fail }),
    ];
    for (const webhook of webhooks) {
      const lines = watchLog();
      const response = await webhook(delivery([]));
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain("broken");
      await vi.waitFor(() => expect(lines.join("\n")).toContain("broken at"));
      vi.restoreAllMocks();
    }
  });
});

describe("the limits of a delivery", () => {
  /** A body in pieces, without a length, that tells how much of it was taken. */
  function stream(pieces: number, size: number) {
    let taken = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (taken === pieces) controller.close();
        else controller.enqueue(new Uint8Array(size).fill(0x20));
        taken += 1;
      },
    });
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body, duplex: "half" };
    return { request: new Request("https://example.com/", wrong(init)), taken: () => taken };
  }

  it("turn away a body that says it is too large, without reading it", async () => {
    const { request } = stream(1000, 1024);
    request.headers.set("Content-Length", String(3 * 1024 * 1024));
    const { webhook, handle } = setUp();
    expect((await webhook(request)).status).toBe(413);
    expect(request.bodyUsed).toBe(false);
    expect(handle).not.toHaveBeenCalled();
  });

  it("turn away a body that becomes too large, and read no further", async () => {
    const { request, taken } = stream(1_000_000, 64 * 1024);
    expect((await setUp().webhook(request)).status).toBe(413);
    expect(taken()).toBeLessThan(40);
  });

  it("are a setting, to the byte", async () => {
    const body = JSON.stringify([inboundEvent({ message: "é" })]);
    const size = Buffer.byteLength(body);
    const statusWith = async (maxBodyInBytes: number) =>
      (await setUp({ ...open, maxBodyInBytes }).webhook(delivery(body))).status;
    expect(await statusWith(size)).toBe(200);
    expect(await statusWith(size - 1)).toBe(413);
  });

  it("let in a full batch, and not one event more", async () => {
    const { webhook, handle } = setUp({ ...open, maxBodyInBytes: 10 * 1024 * 1024 });
    expect((await webhook(delivery(Array.from({ length: 5001 }, () => ({}))))).status).toBe(413);
    expect(handle).not.toHaveBeenCalled();
    const batch = Array.from({ length: 5000 }, (_, index) => inboundEvent({ id: `Incoming_${index}` }));
    const response = await webhook(delivery(batch));
    expect(await response.json()).toEqual({ handled: 5000, skipped: 0, busy: 0, failed: 0 });
  });
});

describe("the options of a webhook", () => {
  const { handle } = handlerThat();
  it.each([
    ["handler", undefined, open],
    ["handler", {}, open],
    ["authorize", { handle }, {}],
    ["authorize", { handle }, { authorize: null }],
    ["authorize", { handle }, { authorize: true }],
    ["authorize", { handle }, { authorize: "secret" }],
    ["authorize", { handle }, { authorize: Symbol("acs-sms allowUnauthenticated") }],
  ])("are refused for a bad `%s`", (name, handler, options) => {
    expect(() => createSmsWebhook(wrong(handler), wrong(options))).toThrow(`\`${name}\``);
  });
});
