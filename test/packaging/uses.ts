/**
 * For each entry one small real thing that a user does with it, as the body of an async function of `entry`. It must
 * return `true`.
 */
export const uses: Partial<Record<string, string>> = {
  "acs-sms": `
    entry.countSegments("hi");
    return new entry.SmsClient("endpoint=https://contoso.communication.azure.com/;accesskey=c2VjcmV0") !== undefined;
  `,
  "acs-sms/events": `
    const [event] = entry.parseSmsEvents([{}]);
    return event.kind === "malformed";
  `,
  "acs-sms/emulator": `
    const emulator = await entry.startEmulator();
    const answer = await fetch(emulator.endpoint);
    await emulator.close();
    return answer.status > 0;
  `,
};
