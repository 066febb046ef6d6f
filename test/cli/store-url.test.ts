import { describe, expect, test } from "vitest";

import { UsageError } from "../../src/cli/failure.js";
import { labelOf, parseStoreUrl, secretsOf } from "../../src/cli/stores/store-url.js";

describe("a store's URL", () => {
  test.for([
    ["sqlite:./opt-outs.db", { kind: "sqlite", path: "./opt-outs.db" }],
    ["sqlite:/var/lib/opt-outs.db", { kind: "sqlite", path: "/var/lib/opt-outs.db" }],
    ["sqlite:///var/lib/opt-outs.db", { kind: "sqlite", path: "/var/lib/opt-outs.db" }],
    ["sqlite:C:\\data\\opt-outs.db", { kind: "sqlite", path: "C:\\data\\opt-outs.db" }],
    ["redis://localhost/1?prefix=x:", { kind: "redis", url: "redis://localhost/1", prefix: "x:" }],
    ["rediss://u:p@host:6380", { kind: "redis", url: "rediss://u:p@host:6380", prefix: undefined }],
    [
      "postgres://u:p@host/db?schema=sms&sslmode=require",
      { kind: "postgres", url: "postgres://u:p@host/db?sslmode=require", schema: "sms" },
    ],
    ["postgresql://host/db", { kind: "postgres", url: "postgresql://host/db", schema: undefined }],
    ["azure-tables:OptOuts", { kind: "azure-tables", table: "OptOuts", account: undefined }],
    [
      "azure-tables://contoso.table.core.windows.net/OptOuts",
      { kind: "azure-tables", table: "OptOuts", account: "contoso.table.core.windows.net" },
    ],
  ] as const)("%s", ([url, target]) => {
    expect(parseStoreUrl(url)).toEqual(target);
  });

  test.for([
    "",
    "opt-outs.db",
    "mysql://host/db",
    "sqlite:",
    "sqlite::memory:",
    "sqlite://opt-outs.db",
    "redis:",
    "redis:secret",
    "postgres:///db",
    "azure-tables:",
    "azure-tables:not a table",
    "azure-tables://host",
  ])("%s is none, and the complaint does not repeat it", (url) => {
    expect(() => parseStoreUrl(url)).toThrow(UsageError);
    expect(() => parseStoreUrl(url)).toThrow(/takes sqlite:<file>/);
  });

  test("has a label without its password, and the password is known as a secret in both spellings", () => {
    const target = parseStoreUrl("postgres://support:p%40ssword@db.example.com:5433/crm?schema=sms");
    expect(labelOf(target)).toBe("postgres at db.example.com:5433");
    expect(secretsOf(target)).toEqual(expect.arrayContaining(["p%40ssword", "p@ssword"]));
    expect(secretsOf(parseStoreUrl("redis://localhost"))).toEqual([]);
  });
});
