import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { SmsClient } from "acs-sms";
import { Campaign, SqliteCampaignJournal } from "acs-sms/campaigns";
import { magicNumbers, startEmulator, type Emulator } from "acs-sms/emulator";

import { canary } from "../support/canary.js";
import { people } from "../support/clients.js";
import { requireBuild } from "../support/require-build.js";
import {
  acsSms,
  acsSmsJson,
  commandPath,
  FakeScreen,
  jsonLines,
  runHere,
  type Surroundings,
} from "./command-line.js";
import { workplace, type Workplace } from "./workplace.js";

const from = "+18005551234";
const second = "+18335550100";
const [person, other] = canary.numbers;
const optedOut = "+14165550111";
let place: Workplace;
let folder: string;
let emulator: Emulator;
let here: Surroundings & { readonly env: Record<string, string> };

beforeAll(async () => {
  requireBuild();
  place = await workplace();
  ({ folder } = place);
  emulator = await startEmulator({
    deliveryDelayInMs: 0,
    accessKeys: {
      primary: canary.accessKey,
      secondary: Buffer.from("another key").toString("base64"),
    },
    senders: [
      { number: from, kind: "toll-free" },
      { number: second, kind: "toll-free" },
    ],
  });
  here = {
    cwd: folder,
    env: {
      COMMUNICATION_SERVICES_CONNECTION_STRING: emulator.connectionString,
      ACS_SMS_STORE: "sqlite:./opt-outs.db",
    },
  };
  await acsSms(["suppression", "init"], here);
  await acsSms(["suppression", "add", "--sender", from, optedOut], here);
  await writeFile(
    join(folder, "people.csv"),
    `Phone,Name,Day\n${person},Ann,Monday\n${other},Bea,Friday 🎉\n${other},Bea,Friday\n${optedOut},Cy,Sunday\nnobody,Di,-\n`,
  );
  return async () => {
    await emulator.close();
    await place[Symbol.asyncDispose]();
  };
});

let requestsBefore: number;
beforeEach(() => {
  requestsBefore = emulator.requests().length;
});

const requestsSince = (): number => emulator.requests().length - requestsBefore;
const received = (number: string): string[] =>
  emulator
    .phone(number)
    .messages()
    .map(({ message }) => message);

const message = `${canary.text}, {Name}: {{{Day}}}`;
const csv = ["--from", from, "--csv", "people.csv", "--message", message];

async function writeList(name: string, lines: readonly string[]): Promise<void> {
  await writeFile(join(folder, name), `${lines.join("\n")}\n`);
}

describe("campaign preview", () => {
  test("says what it would come to, and sends nothing", async () => {
    const prices = ["--price", "+1=0.0079", "--currency", "USD"];
    const { code, stdout, stderr } = await acsSms(["campaign", "preview", ...csv, ...prices], here);
    expect(stdout).toBe(`\
on the list           5
to be texted          2
suppressed            1
no number or no text  1
duplicate             1
in gsm-7              1
in ucs-2              1
segments              2; 1 in the longest message
from ${from}     2, at 200 a minute
takes                 about 1 s
costs                 0.0158 USD

Nothing was sent.
`);
    expect({ code, stderr, requests: requestsSince() }).toEqual({ code: 3, stderr: "", requests: 0 });
  });

  test("answers in JSON, with the prices of a file", async () => {
    await writeList("numbers.txt", ["# customers", person, "", "+445550100"]);
    await writeFile(join(folder, "prices.json"), '\ufeff{ "currency": "EUR", "perSegment": { "+1": 0.5 } }');
    const args = ["--from", from, "--from", second, "--to-file", "numbers.txt", "--message", "{{hello}}"];
    const options = ["--prices", "prices.json", "--rate", "none", "--no-suppression", "--quiet"];
    const preview = await acsSmsJson(["campaign", "preview", ...args, ...options], {
      ...here,
      env: { ...here.env, ACS_SMS_STORE: "" },
    });
    expect(preview).toMatchObject({
      items: 2,
      messageUnits: 2,
      durationInMs: 0,
      senders: [{ unitsPerMinute: null }, { unitsPerMinute: null }],
      cost: { currency: "EUR", amount: "0.50", segmentsWithoutPrice: 1 },
    });
  });
});

describe("campaign send", () => {
  test("texts each of a CSV file, and writes down what became of whom", async () => {
    const args = ["campaign", "send", "--id", "csv", ...csv, "--yes", "--results", "results.csv"];
    const { code, stdout, stderr } = await acsSms(args, here);
    expect(stdout).toBe("accepted    2\nsuppressed  1\ninvalid     1\nduplicate   1\n");
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(received(person)).toEqual([`${canary.text}, Ann: {Monday}`]);
    expect(received(other)).toEqual([`${canary.text}, Bea: {Friday 🎉}`]);
    const [header, ...rows] = (await readFile(join(folder, "results.csv"), "utf8")).trimEnd().split("\r\n");
    expect(header).toBe("key,to,from,status,messageId,httpStatusCode,error");
    expect(rows).toHaveLength(5);
    expect(rows).toContain("nobody,nobody,,invalid,,,Not a phone number.");
    expect(
      rows.filter((row) => /^(\+\d+),\1,\+18005551234,accepted,Outgoing_[^,]+,202,$/.test(row)),
    ).toHaveLength(2);
    for (const file of ["results.csv", "campaigns.sqlite"]) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(
        process.platform === "win32" ? 0o666 : 0o600,
      );
    }
  });

  test("takes the same order for the same campaign, and another one for a mistake", async () => {
    const again = await acsSms(["campaign", "send", "--id", "csv", ...csv, "--yes", "--rate", "100"], here);
    expect(again).toMatchObject({ code: 3, stdout: expect.stringContaining("accepted    2\n") });
    const others = await acsSms(
      ["campaign", "send", "--id", "csv", ...csv.slice(0, -1), "other words", "--yes"],
      here,
    );
    expect(others).toMatchObject({ code: 1, stdout: "" });
    expect(others.stderr).toMatch(/has a campaign "csv" already, with another list, text or sender/);
    expect(requestsSince()).toBe(0);
  });

  test("replaces no results unless told to", async () => {
    const args = ["campaign", "resume", "--id", "csv", "--results", "results.csv"];
    const refused = await acsSms(args, here);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("--force replaces it") });
    expect((await acsSms([...args, "--force"], here)).code).toBe(3);
    expect((await readFile(join(folder, "results.csv"), "utf8")).trimEnd().split("\r\n")).toHaveLength(6);
  });

  test("texts a file of numbers from several senders, and tells each result as a line of JSON", async () => {
    const numbers = people(40);
    await writeList("many.txt", numbers);
    const senders = ["--from", from, "--from", second];
    const args = ["campaign", "send", "--id", "pool", ...senders, "--to-file", "many.txt", "--rate", "none"];
    const { code, stdout, stderr } = await acsSms([...args, "--yes", "--json", "--tag", "spring"], {
      ...here,
      input: "hello {{there}}\n",
    });
    const results = jsonLines(stdout);
    expect(code).toBe(0);
    expect(stderr).toBe("accepted  40\n");
    expect(results[0]).toEqual({
      key: expect.any(String),
      to: expect.any(String),
      from: expect.any(String),
      status: "accepted",
      messageId: expect.any(String),
      httpStatusCode: 202,
      isEarlier: false,
    });
    expect(new Set(results.map((result) => result["from"]))).toEqual(new Set([from, second]));
    expect(new Set(results.map(({ to }) => to))).toEqual(new Set(numbers));
    expect(received(numbers[0] ?? "")).toEqual(["hello {there}"]);
  });

  test("fails where somebody was refused", async () => {
    await writeList("refused.txt", [magicNumbers.serviceUnavailable.number, person]);
    const args = ["--from", from, "--to-file", "refused.txt", "--message", "hello", "--yes"];
    const { code, stdout } = await acsSms(["campaign", "send", "--id", "refused", ...args], here);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "accepted  1\nrejected  1\n" });
  });

  test("says how to go on after a failure", async () => {
    const wrongKey = Buffer.from("a wrong key").toString("base64");
    const env = {
      ...here.env,
      COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=${emulator.endpoint};accesskey=${wrongKey}`,
    };
    const args = ["campaign", "send", "--id", "it's new", ...csv, "--yes", "--journal", "failed.sqlite"];
    const { code, stderr } = await acsSms(args, { ...here, env });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "This goes on from there:\n  acs-sms campaign resume --id 'it'\\''s new' --journal failed.sqlite\n",
    );
    expect(stderr).toMatch(/Failed: The service answered 401/);
    const resume = await acsSms(
      ["campaign", "resume", "--id", "it's new", "--journal", "failed.sqlite"],
      here,
    );
    expect(resume).toMatchObject({ code: 3, stdout: expect.stringContaining("accepted    2\n") });
  });

  test.for([
    ["no list", ["--message", "hello"], 2, "--csv or --to-file is needed"],
    ["two lists", [...csv, "--to-file", "many.txt"], 2, "exclude each other"],
    ["a list that cannot be read again", ["--csv", "-", "--message", "hello"], 2, "read more than once"],
    ["a file that is not there", ["--csv", "typo.csv", "--message", "hello"], 1, "cannot be read (ENOENT)"],
    ["fields of bare numbers", ["--to-file", "many.txt", "--message", "Hi {Name}"], 2, "needs --csv"],
    [
      "columns of bare numbers",
      ["--to-file", "many.txt", "--column", "to=1", "--message", "x"],
      2,
      "needs --csv",
    ],
    ["a brace alone", ["--csv", "people.csv", "--message", "Hi {Name"], 2, "never closed at character 4"],
    [
      "a column that is not there",
      [...csv, "--column", "to=Mobile"],
      1,
      'the file to have a column "Mobile"',
    ],
    [
      "a column of nothing",
      [...csv, "--column", "name=Name"],
      2,
      "--column takes to=<column> or key=<column>",
    ],
    [
      "a field without a column",
      ["--csv", "people.csv", "--message", "Hi {name}"],
      1,
      "needs {name}, and the file",
    ],
    [
      "an empty cell",
      [...csv, "--column", "to=1", "--csv", "gaps.csv"],
      1,
      "item 2 of the list, so none was sent",
    ],
    ["a rate that is none", [...csv, "--rate", "0"], 2, "--rate takes"],
    ["too many at once", [...csv, "--concurrency", "1001"], 2, "--concurrency takes"],
    ["an unknown choice", [...csv, "--on-unknown", "ask"], 2, "--on-unknown takes hold or resend"],
    ["a time without a zone", [...csv, "--send-before", "2026-03-02"], 2, "--send-before takes a time"],
    [
      "a journal elsewhere",
      [...csv, "--journal", "postgres://a:b@c/d"],
      2,
      "--journal takes the path of a file",
    ],
    ["an id that is too long", [...csv, "--id", "x".repeat(513)], 2, "--id to be"],
    ["a country that is none", [...csv, "--default-country", "usa"], 2, "two capital letters"],
    ["a store beside none", [...csv, "--no-suppression", "--store", "sqlite:a.db"], 2, "exclude each other"],
    ["a sender that is none", [...csv, "--from", "+1 (800)"], 2, "--from takes"],
    ["a text that is empty", ["--csv", "people.csv"], 2, "The text is empty."],
  ] as const)("refuses %s, before anything is sent", async ([, options, code, why]) => {
    await writeList("gaps.csv", ["Phone,Name,Day", `${person},Ann,Monday`, `${other},,Friday`]);
    const args = ["campaign", "send", "--id", "refused early", "--from", from, ...options, "--yes"];
    const ended = await acsSms(args, here);
    expect(ended).toMatchObject({ code, stdout: "" });
    expect(ended.stderr).toContain(why);
    expect(requestsSince()).toBe(0);
  });

  test("does not begin unasked", async () => {
    const ended = await acsSms(["campaign", "send", "--id", "unasked", ...csv], here);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining("Say --yes") });
    const unsafe = { ...here, env: { ...here.env, ACS_SMS_STORE: "" } };
    const without = await acsSms(["campaign", "send", "--id", "unasked", ...csv, "--yes"], unsafe);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining("Nobody was texted") });
    expect(requestsSince()).toBe(0);
  });

  test("shows on a terminal how far it is", async () => {
    const stderr = new FakeScreen({ isTTY: true });
    const args = ["campaign", "send", "--id", "shown", "--from", from, "--to-file", "many.txt"];
    const { code } = await runHere([...args, "--rate", "none", "--message", "hello", "--yes"], {
      stderr,
      folder,
      variables: here.env,
    });
    expect(code).toBe(0);
    const frames = stderr.text.split("\r\u001b[2K");
    expect(frames[1]).toMatch(/^Recipients counted: 1, 0 s$/);
    expect(frames.at(-2)).toMatch(
      /^\[#+\] Texting: 40 of 40 \(100 %\), 0 s left, 40 accepted, [\d,]+ a minute$/,
    );
    expect(frames.at(-1)).toBe("");
  });
});

describe("campaign status", () => {
  test("says how far a campaign is", async () => {
    const { code, stdout, stderr } = await acsSms(["campaign", "status", "--id", "pool"], here);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^begun +20\S+Z\nruns +1\nlist +read to its end\naccepted  40\n$/);
    expect(await acsSmsJson(["campaign", "status", "--id", "csv"], here)).toEqual({
      id: "csv",
      createdAt: expect.any(String),
      run: 3,
      isPlanned: true,
      isOver: true,
      totals: { accepted: 2, suppressed: 1, invalid: 1, rejected: 0, expired: 0, unknown: 0, open: 0 },
    });
  });

  test("makes no journal, and finds no campaign that is not there", async () => {
    const missing = await acsSms(["campaign", "status", "--id", "csv", "--journal", "typo.sqlite"], here);
    expect(missing).toMatchObject({ code: 1, stderr: "Failed: There is no journal typo.sqlite.\n" });
    await expect(stat(join(folder, "typo.sqlite"))).rejects.toThrow("ENOENT");
    const unknown = await acsSms(["campaign", "resume", "--id", "typo"], here);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('has no campaign "typo"') });
    await writeFile(join(folder, "text.sqlite"), "no database at all, but a text of some length");
    const broken = await acsSms(["campaign", "status", "--id", "a", "--journal", "text.sqlite"], here);
    expect(broken).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("text.sqlite cannot be used. file is not"),
    });
  });
});

describe("campaign resume", () => {
  test("goes on after Ctrl-C, and doubles nobody", { timeout: 60_000 }, async () => {
    const numbers = people(3000);
    await writeList("long.txt", numbers);
    emulator.setFaults({ latencyInMs: { least: 5, most: 60 } });
    const before = new Map(numbers.map((number) => [number, received(number).length]));
    const options = ["--to-file", "long.txt", "--rate", "none", "--concurrency", "2", "--message", "hello"];
    const cut = await acsSms(["campaign", "send", "--id", "long", "--from", from, ...options, "--yes"], {
      ...here,
      onStarted: (kill) => void whenBegun().then(() => kill("SIGINT")),
    });
    expect(cut.code).toBe(130);
    expect(cut.stderr).toMatch(
      /acs-sms campaign resume --id long --journal campaigns.sqlite\nEnded before it was done\.\n$/,
    );
    const status = await acsSms(["campaign", "status", "--id", "long"], here);
    expect(status.stdout).toContain("not read to its end");
    expect(status.stderr).toBe("It is not over: it runs, or campaign resume goes on with it.\n");
    emulator.setFaults({});
    const resumed = await acsSms(["campaign", "resume", "--id", "long", "--concurrency", "20"], here);
    expect(resumed).toMatchObject({ code: 0, stdout: "accepted  3,000\n" });
    await using journal = new SqliteCampaignJournal(join(folder, "campaigns.sqlite"));
    // What was told for one run holds for that.
    expect((await journal.read("long"))?.note).toContain('"--concurrency=2"');
    const wrong = numbers.filter((number) => received(number).length !== (before.get(number) ?? 0) + 1);
    expect(wrong).toEqual([]);
  });

  async function whenBegun(): Promise<void> {
    while (requestsSince() < 5) await delay(5);
  }

  test("goes on from another folder, and asks the store that it is told", async () => {
    await using elsewhere = await workplace();
    const journal = join(folder, "campaigns.sqlite");
    const args = ["campaign", "resume", "--id", "csv", "--journal", journal, "--store"];
    const there = { ...here, cwd: elsewhere.folder, env: { ...here.env, ACS_SMS_STORE: "" } };
    const ended = await acsSms([...args, `sqlite:${join(folder, "opt-outs.db")}`], there);
    expect(ended).toMatchObject({ code: 3, stdout: expect.stringContaining("accepted    2\n") });
    expect(requestsSince()).toBe(0);
  });

  test("refuses a list with other words, and says what to do", async () => {
    await writeList("edited.csv", ["Phone,Name", `${person},Ann`]);
    const options = ["--from", from, "--csv", "edited.csv", "--message", `${canary.text} {Name}`, "--yes"];
    expect((await acsSms(["campaign", "send", "--id", "edited", ...options], here)).code).toBe(0);
    await writeList("edited.csv", ["Phone,Name", `${person},Anna`]);
    const { code, stdout, stderr } = await acsSms(["campaign", "resume", "--id", "edited"], here);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("put the list back as it was");
    expect(stderr).not.toContain("goes on from there");
    expect(requestsSince()).toBe(1);
  });

  test("leaves a program's campaign to the program", async () => {
    await using journal = new SqliteCampaignJournal(join(folder, "campaigns.sqlite"));
    const sms = new SmsClient(emulator.connectionString, { allowInsecureConnection: true });
    const campaign = new Campaign(sms, { id: "theirs", from, recipients: [], message: "hello", journal });
    expect((await campaign.run().next()).done).toBe(true);
    for (const args of [["resume"], ["send", ...csv, "--yes"]]) {
      const { code, stderr } = await acsSms(["campaign", ...args, "--id", "theirs"], here);
      expect(code).toBe(1);
      expect(stderr).toContain("begun by a program, not by acs-sms campaign send");
    }
  });
});

test("results that nobody reads any more end a campaign, and that is no success", async () => {
  const args = [
    "campaign",
    "send",
    "--id",
    "unread",
    "--from",
    from,
    "--to-file",
    "long.txt",
    "--json",
    "--yes",
  ];
  const child = spawn(process.execPath, [commandPath, ...args, "--rate", "none", "--message", "hello"], {
    cwd: folder,
    env: { ...process.env, ...here.env },
  });
  await once(child.stdout, "data");
  child.stdout.destroy();
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  expect(code).toBe(1);
  expect(stderr).toContain("acs-sms campaign resume --id unread");
});
