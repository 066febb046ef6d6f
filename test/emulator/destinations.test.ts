import { describe, expect, it } from "vitest";
import { magicNumbers, type EmulatorSender } from "../../src/emulator/index.js";
import { emulated, reportOf, sendItems, texts } from "./wire.js";

const us = "+14255550101";
const canada = "+16045550123";
const puertoRico = "+17875550123";
const jamaica = "+18765550123";
const uk = "+447400123456";
const germany = "+4915112345678";
const japan = "+819012345678";
const everywhere = [us, canada, puertoRico, jamaica, uk, germany, japan];
const tollFree: EmulatorSender = { number: "+18005551234", kind: "toll-free" };
const failed = {
  deliveryStatus: "Failed",
  deliveryStatusDetails: "4003: Message failed to deliver due to unsupported destination.",
};

describe("destinations: documented", () => {
  it.each<[string, EmulatorSender, readonly string[]]>([
    ["a toll-free number", tollFree, [us, canada, puertoRico]],
    ["a US short code", { number: "12345", kind: "short-code" }, [us]],
    ["a Canadian short code", { number: "12345", kind: "short-code", country: "CA" }, [canada]],
    ["a British short code", { number: "12345", kind: "short-code", country: "GB" }, [uk]],
    ["a 10DLC number", { number: "+14255550999", kind: "10dlc" }, [us]],
    ["an alphanumeric sender", { number: "CONTOSO", kind: "alphanumeric" }, [uk, germany]],
    [
      "a sender of a partner",
      { number: "CONTOSO", kind: "alphanumeric", messagingConnectPartner: "infobip" },
      everywhere,
    ],
  ])("lets %s text where it may", async (_, sender, reached) => {
    const emulator = await emulated({ senders: [sender], destinations: "documented" });
    const items = await sendItems(emulator, {
      from: sender.number,
      smsRecipients: everywhere.map((to) => ({ to })),
      smsSendOptions: {
        enableDeliveryReport: true,
        messagingConnect: { partner: "infobip", partnerParams: { apiKey: "k" } },
      },
    });
    expect(items.every(({ httpStatusCode }) => httpStatusCode === 202)).toBe(true);
    expect(everywhere.filter((to) => texts(emulator, to).length > 0)).toEqual(reached);
    for (const { to, messageId } of items) {
      const { body } = await reportOf(emulator, messageId);
      expect(body).toMatchObject(
        reached.includes(String(to)) ? { deliveryStatus: "Delivered" } : { ...failed, to },
      );
    }
  });

  it("lets numbers of no country be", async () => {
    const emulator = await emulated({ senders: [tollFree], destinations: "documented" });
    const { number } = magicNumbers.noReportSupport;
    await sendItems(emulator, { smsRecipients: [{ to: number }] });
    expect(texts(emulator, number)).toEqual(["Hello"]);
  });
});

it("lets everybody be texted unless it is told otherwise", async () => {
  const emulator = await emulated();
  await sendItems(emulator, { smsRecipients: [{ to: japan }] });
  expect(texts(emulator, japan)).toEqual(["Hello"]);
});
