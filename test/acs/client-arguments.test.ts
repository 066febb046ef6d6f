import { AzureKeyCredential } from "@azure/core-auth";
import { describe, expect, it } from "vitest";

import { readClientArguments } from "../../src/acs/client-arguments.js";
import { canary } from "../support/canary.js";

const endpoint = "https://contoso.communication.azure.com";
const key = canary.accessKey;

describe("a connection string", () => {
  it.each([
    `endpoint=${endpoint}/;accesskey=${key}`,
    `endpoint=${endpoint};accessKey=${key};`,
    `AccessKey=${key};EndPoint=${endpoint}/`,
    ` endpoint = ${endpoint}/ ; accesskey = ${key} ;region=us`,
  ])("is read in any order, case and spacing", (connectionString) => {
    const read = readClientArguments(connectionString, undefined, undefined);
    expect(read).toEqual({ endpoint, credential: { key }, options: {} });
  });

  it("keeps its options, given as the second argument", () => {
    const options = { apiVersion: "2026-01-23" };
    expect(readClientArguments(`endpoint=${endpoint};accesskey=${key}`, options, undefined).options).toEqual(
      options,
    );
  });

  it.each([
    ["", "connectionString"],
    [undefined, "connectionString"],
    [42, "connectionString"],
    ["hello", "connectionString"],
    [`endpoint=${endpoint};accesskey`, "connectionString"],
    [`endpoint=${endpoint}`, "with `accesskey`"],
    [`accesskey=${key}`, "with `endpoint`"],
    [`endpoint=;accesskey=${key}`, "with `endpoint`"],
    [`endpoint=${endpoint};accesskey=${key};accesskey=${key}`, "each part once"],
    [`endpoint=contoso;accesskey=${key}`, "connectionString endpoint"],
    [`endpoint=${endpoint}/sms;accesskey=${key}`, "an origin"],
    [`endpoint=https://user:pass@contoso.example;accesskey=${key}`, "an origin"],
    [`endpoint=ftp://contoso.example;accesskey=${key}`, "connectionString endpoint"],
    [`endpoint=${endpoint};accesskey=${key}!`, "a base64 access key"],
  ])("that is malformed is refused without being shown (%#)", (connectionString, what) => {
    const read = (): unknown => readClientArguments(connectionString, undefined, undefined);
    expect(read).toThrow(TypeError);
    expect(read).toThrow(what);
    expect(read).not.toThrow(key);
  });
});

describe("an endpoint with a credential", () => {
  it("takes a key", () => {
    const credential = new AzureKeyCredential(key);
    expect(readClientArguments(`${endpoint}/`, credential, undefined)).toEqual({
      endpoint,
      credential,
      options: {},
    });
  });

  it("takes a token credential", () => {
    const credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: 0 }) };
    expect(readClientArguments(endpoint, credential, {}).credential).toBe(credential);
  });

  it.each([
    ["contoso.communication.azure.com", "endpoint"],
    [`${endpoint}/?a=b`, "an origin"],
  ])("refuses a malformed endpoint (%#)", (malformed, what) => {
    expect(() => readClientArguments(malformed, new AzureKeyCredential(key), undefined)).toThrow(what);
  });
});

describe("options", () => {
  it.each([
    [{ retryOptions: { maxRetries: Number.NaN } }, "retryOptions.maxRetries"],
    [{ retryOptions: { retryDelayInMs: -1 } }, "retryOptions.retryDelayInMs"],
    [{ apiVersion: "" }, "apiVersion"],
  ])("that are malformed are refused (%#)", (options, what) => {
    expect(() => readClientArguments(`endpoint=${endpoint};accesskey=${key}`, options, undefined)).toThrow(
      what,
    );
  });
});
