import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { postgresMigration } from "acs-sms/stores/postgres";

import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { azureTablesService } from "../support/services/azure-tables.js";
import { postgresService } from "../support/services/postgres.js";
import { redisService } from "../support/services/redis.js";
import type { Service } from "../support/services/service.js";
import { connectionStringOf } from "../stores/azure-tables/table-client.js";
import type { StoreAddress } from "../stores/open-store.js";
import { acsSms, jsonLines, type Ended } from "./command-line.js";

beforeAll(requireBuild);

const sender = "+18005551234";
const [person, other] = canary.numbers;

/** A kind of store, and how the command is told where one is. */
interface Kind {
  readonly service: () => Promise<Service | undefined>;
  readonly variables: (address: StoreAddress) => Record<string, string>;
}

const kinds: Record<string, Kind> = {
  redis: {
    service: redisService,
    variables: ({ url, name }) => ({ ACS_SMS_STORE: `${url}?prefix=${name}` }),
  },
  postgres: {
    service: postgresService,
    variables: ({ url, name }) => ({ ACS_SMS_STORE: `${url}?schema=${name}` }),
  },
  "azure-tables": {
    service: azureTablesService,
    variables: ({ url, name }) => ({
      ACS_SMS_STORE: `azure-tables:${name}`,
      AZURE_STORAGE_CONNECTION_STRING: connectionStringOf(url),
    }),
  },
};

test("the SQL that makes the tables of a Postgres store is printed without a server", async () => {
  const { code, stdout } = await acsSms([
    "suppression",
    "init",
    "--print",
    "--store",
    "postgres://127.0.0.1:1/x?schema=s",
  ]);
  expect(code).toBe(0);
  expect(stdout).toBe(`${postgresMigration({ schema: "s" })};\n`);
  expect(await acsSms(["suppression", "init", "--print", "--store", "redis://127.0.0.1:1"])).toMatchObject({
    code: 2,
  });
});

test("a password in --store is shown nowhere, and said to be better off elsewhere", async () => {
  const { code, stderr } = await acsSms([
    "suppression",
    "list",
    "--verbose",
    "--store",
    "redis://:geh%2Deim@127.0.0.1:1",
  ]);
  expect(code).toBe(1);
  expect(stderr).toContain("ACS_SMS_STORE is a better place for it.");
  expect(stderr).toContain("redis at 127.0.0.1:1");
  expect(stderr).not.toMatch(/geh.*eim/);
});

for (const [kind, { service: start, variables }] of Object.entries(kinds)) {
  const service = await start();
  afterAll(async () => service?.[Symbol.asyncDispose]());

  describe.skipIf(service === undefined)(`over ${kind}`, () => {
    test("a store is made, written and read", async () => {
      if (service === undefined) return;
      const env = variables(await service.place());
      const suppression = (...args: string[]): Promise<Ended> => acsSms(["suppression", ...args], { env });
      expect(await suppression("init")).toMatchObject({ code: 0, stderr: "" });
      const added = await suppression("add", "--sender", sender, "--keyword", "STOP", person);
      expect(added).toEqual({ code: 0, stdout: `${person}  recorded\n`, stderr: "" });
      const checked = await suppression("check", "--sender", sender, person, other);
      expect(checked).toMatchObject({ code: 3, stdout: expect.stringContaining("suppressed") });
      expect(jsonLines((await suppression("list", "--json")).stdout)).toMatchObject([
        { recipient: person, sender },
      ]);
      const history = await suppression("history", person, "--json");
      expect(jsonLines(history.stdout)).toMatchObject([{ keyword: "STOP" }]);
    });

    test("one that was never made is a failure, not an empty store", async () => {
      if (service === undefined) return;
      const missing = { ...(await service.place()), name: `t${randomUUID().replaceAll("-", "")}` };
      const { code, stdout } = await acsSms(["suppression", "check", "--sender", sender, person], {
        env: variables(missing),
      });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    });
  });
}
