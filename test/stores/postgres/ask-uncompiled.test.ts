import { afterAll, afterEach, describe, expect, it } from "vitest";

import { askUncompiled } from "../../../src/stores/postgres/ask-uncompiled.js";
import { rejection } from "../../support/clients.js";
import { postgresService } from "../../support/services/postgres.js";
import { Pools } from "./pools.js";

const service = await postgresService();
const pools = new Pools(service);
afterEach(async () => pools.close());
afterAll(async () => service?.[Symbol.asyncDispose]());

const isCompiling = "SELECT current_setting('jit') AS jit, $1::text AS given";

describe.skipIf(service === undefined)("a large question to Postgres", () => {
  it("is not compiled, and leaves the connection as it was", async () => {
    const pool = pools.connect({ max: 1, options: "-c jit=on" });
    const { rows } = await askUncompiled(pool, isCompiling, ["value"]);
    expect(rows).toEqual([{ jit: "off", given: "value" }]);
    expect((await pool.query(isCompiling, ["value"])).rows).toEqual([{ jit: "on", given: "value" }]);
    expect(pool.totalCount).toBe(1);
  });

  it("that fails closes its connection, and the next one gets another", async () => {
    const pool = pools.connect({ max: 1 });
    const error = await rejection(askUncompiled(pool, "SELECT 1 / $1::int", [0]));
    expect(error.message).toMatch(/division by zero/);
    expect(pool.totalCount).toBe(0);
    expect((await askUncompiled(pool, isCompiling, ["value"])).rows).toHaveLength(1);
  });

  it("whose connection breaks is an error, and does not end the process", async () => {
    const pool = pools.connect({ max: 1 });
    const error = await rejection(
      askUncompiled(pool, "SELECT pg_terminate_backend(pg_backend_pid(), $1::int)", [1000]),
    );
    expect(error.message).toMatch(/terminat/);
    expect((await askUncompiled(pool, isCompiling, ["value"])).rows).toHaveLength(1);
  });

  it("changes nothing", async () => {
    const pool = pools.connect();
    const error = await rejection(askUncompiled(pool, "CREATE TABLE made (column_of text)", []));
    expect(error.message).toMatch(/read-only transaction/);
  });

  it("goes to a client that is no pool as it is, also to one that is connected already", async () => {
    const pool = pools.connect({ options: "-c jit=on" });
    const client = await pool.connect();
    try {
      const { rows } = await askUncompiled(client, isCompiling, ["value"]);
      expect(rows).toEqual([{ jit: "on", given: "value" }]);
    } finally {
      client.release();
    }
  });
});
