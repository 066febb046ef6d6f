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
  "acs-sms/stores/sqlite": `
    const store = new entry.SqliteSuppressionStore(":memory:");
    const [found] = await store.find(["+14255550123"]);
    await store[Symbol.asyncDispose]();
    return found.length === 0;
  `,
  "acs-sms/stores/redis": `
    const client = { sendCommand: async () => { throw new Error("no server"); } };
    const store = new entry.RedisSuppressionStore(client);
    return store.find(["+14255550123"]).then(() => false, (error) => error.message === "no server");
  `,
  "acs-sms/stores/postgres": `
    const store = new entry.PostgresSuppressionStore({ query: async () => { throw new Error("no server"); } });
    const isRefused = await store.find(["+14255550123"]).then(() => false, (error) => error.message === "no server");
    return isRefused && entry.postgresMigration().includes("acs_sms_suppression");
  `,
  "acs-sms/stores/azure-tables": `
    const fail = async () => { throw new Error("no account"); };
    const client = { createTable: fail, listEntities: fail, submitTransaction: fail };
    const store = new entry.AzureTablesSuppressionStore(client);
    return store.find(["+14255550123"]).then(() => false, (error) => error.message === "no account");
  `,
  "acs-sms/stores/conformance": `
    const names = [];
    entry.runStoreConformance({ test: (name) => names.push(name), createStore: () => ({}), ledger: false });
    return names.length > 20;
  `,
  "acs-sms/ledger": `
    const store = { find: async (all) => all.map(() => []), record: async (all) => all.map(() => true) };
    const csv = "number\\n+14255550123\\n";
    const options = {
      format: "csv", columns: { recipient: "number" }, sender: "*", state: "opted-out", asOf: new Date(),
    };
    return (await entry.importEntries(store, csv, options)).recorded === 1;
  `,
  "acs-sms/campaigns": `
    const journal = new entry.SqliteCampaignJournal(":memory:");
    const { run } = await journal.open("spring sale");
    const at = { campaign: "spring sale", run };
    const items = [{ key: "a", to: "+14255550123" }];
    await journal.plan(at, [{ batch: 1, from: "+18005551234", message: "Hi", fingerprint: "digest", items }]);
    await journal.recordItems(at, [{ key: "b", to: "nobody", status: "invalid" }]);
    await journal.sendersOf("spring sale", ["+14255550123"]);
    await journal.settle({ ...at, batch: 1, claim: 1 }, { results: [{ key: "a", status: "accepted" }] });
    const [{ results }] = await journal.results("spring sale", 0, 10);
    if (results[0].status !== "accepted" || !(await journal.forget("spring sale"))) return false;
    await journal[Symbol.asyncDispose]();
    const [row] = await Array.fromAsync(entry.recipientsFromCsv("phone,name\\n+14255550123,Ada\\n"));
    return run === 1 && entry.template("Hi {name}").text(row.fields) === "Hi Ada";
  `,
  "acs-sms/campaigns/bullmq": `
    const fail = async () => { throw new Error("no server"); };
    const limiter = new entry.RedisRateLimiter({ call: fail, multi: fail });
    const request = { sender: "+18005551234", units: 1, lane: "urgent" };
    return limiter.acquire(request).then(() => false, (error) => error.message === "no server");
  `,
  "acs-sms/insights": `
    const log = new entry.SqliteMessageLog(":memory:");
    log.observe({
      type: "delivery", at: new Date(), from: "+18005551234", to: "+14255550123", messageId: "m", status: "delivered",
    });
    await log.flush();
    const { total } = await entry.summarize(log, { from: new Date(0), to: new Date() });
    const { written } = log.state;
    for await (const _ of log.messages({ from: new Date(0), to: new Date() })) return false;
    await log[Symbol.asyncDispose]();
    return written === 1 && total.messages === 0 && entry.messageLogMigration().includes("acs_sms_messages");
  `,
  "acs-sms/insights/otel": `
    const observer = entry.createOpenTelemetryObserver();
    return observer.observe({ type: "inbound", at: new Date(), intent: "none" }).then(() => true);
  `,
  "acs-sms/insights/report": `
    const figures = { failedByCode: {}, latencyCounts: [] };
    for (const name of ["messages", "recipients", "messageUnits", "segments", "accepted", "rejected", "suppressed",
      "invalid", "unknown", "unsent", "delivered", "failed", "blocked", "unconfirmed", "pending", "overdue", "unreported",
      "replies", "recipientsReached", "recipientsReplied", "recipientsOptedOut", "optOuts", "optIns"]) figures[name] = 0;
    const [from, to] = [new Date("2026-04-01T00:00:00Z"), new Date("2026-05-01T00:00:00Z")];
    const unattributed = { replies: 0, optOuts: 0, optIns: 0 };
    const groups = [{ ...figures, key: {} }];
    const summary = { from, to, timeZone: "UTC", groupBy: [], groups, total: figures, unattributed };
    return entry.renderReport(summary, { title: "<April>" }).includes("&lt;April&gt;");
  `,
  "acs-sms/undici": `
    const client = entry.createUndiciHttpClient();
    const request = { url: "http://127.0.0.1:9/", method: "GET", headers: new Map(), timeout: 0 };
    const refusal = await client.sendRequest(request).then(() => "", (error) => error.message);
    await client[Symbol.asyncDispose]();
    return refusal.includes("allowInsecureConnection");
  `,
  "acs-sms/emulator": `
    const emulator = await entry.startEmulator();
    const answer = await fetch(emulator.endpoint);
    await emulator.close();
    return answer.status > 0;
  `,
  "acs-sms/emulator/testing": `
    const hooks = [];
    const acs = entry.setupEmulator({ before: (run) => hooks.push(run), after: (run) => hooks.push(run) });
    await hooks[0]();
    await entry.expectNoMessage(acs.emulator, { to: "+14255550123", withinInMs: 0 });
    await hooks[1]();
    return entry.extractCode("Your code is 123-456.") === "123456";
  `,
};
