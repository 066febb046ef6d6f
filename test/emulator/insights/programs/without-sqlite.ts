import { startEmulator } from "acs-sms/emulator";

/** What an emulator answers on a Node without SQLite, as JSON. */
await using emulator = await startEmulator();
emulator.phone("+14255550101").send("STOP", { to: "+18005551234" });
const answers = await Promise.all(
  ["insights", "insights/report", "messages"].map(async (path) => {
    const answer = await fetch(`${emulator.endpoint}/_emulator/${path}`);
    return { status: answer.status, body: await answer.json() };
  }),
);
process.stdout.write(JSON.stringify(answers));
