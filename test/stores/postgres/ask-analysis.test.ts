import { afterAll, afterEach, describe, expect, it } from "vitest";

import { askAnalysis } from "../../../src/stores/postgres/ask-analysis.js";
import { rejection } from "../../support/clients.js";
import { postgresService } from "../../support/services/postgres.js";
import { Pools } from "./pools.js";

const service = await postgresService();
const pools = new Pools(service);
afterEach(async () => pools.close());
afterAll(async () => service?.[Symbol.asyncDispose]());

const options = "-c jit=on -c random_page_cost=4";
const settings =
  "SELECT current_setting('jit') AS jit, current_setting('random_page_cost') AS page, $1::text AS given";
const asBefore = { jit: "on", page: "4", given: "value" };

describe.skipIf(service === undefined)("a large question to Postgres", () => {
  it("has settings of its own, and leaves the connection as it was", async () => {
    const pool = pools.connect({ max: 1, options });
    const { rows } = await askAnalysis(pool, settings, ["value"]);
    expect(rows).toEqual([{ jit: "off", page: "1.1", given: "value" }]);
    expect((await pool.query(settings, ["value"])).rows).toEqual([asBefore]);
    expect(pool.totalCount).toBe(1);
  });

  it("that fails closes its connection, and the next one gets another", async () => {
    const pool = pools.connect({ max: 1 });
    const error = await rejection(askAnalysis(pool, "SELECT 1 / $1::int", [0]));
    expect(error.message).toMatch(/division by zero/);
    expect(pool.totalCount).toBe(0);
    expect((await askAnalysis(pool, settings, ["value"])).rows).toHaveLength(1);
  });

  it("whose connection breaks is an error, and does not end the process", async () => {
    const pool = pools.connect({ max: 1 });
    const error = await rejection(
      askAnalysis(pool, "SELECT pg_terminate_backend(pg_backend_pid(), $1::int)", [1000]),
    );
    expect(error.message).toMatch(/terminat/);
    expect((await askAnalysis(pool, settings, ["value"])).rows).toHaveLength(1);
  });

  it("changes nothing", async () => {
    const pool = pools.connect();
    const error = await rejection(askAnalysis(pool, "CREATE TABLE made (column_of text)", []));
    expect(error.message).toMatch(/read-only transaction/);
  });

  it("goes to a client that is no pool as it is, also to one that is connected already", async () => {
    const pool = pools.connect({ options });
    const client = await pool.connect();
    try {
      const { rows } = await askAnalysis(client, settings, ["value"]);
      expect(rows).toEqual([asBefore]);
    } finally {
      client.release();
    }
  });
});
