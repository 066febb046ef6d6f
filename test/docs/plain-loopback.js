import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";

/**
 * Preloaded into a snippet's process. A reader's connection string says `https:`, so the snippet's does too; the
 * emulator on this machine speaks plain HTTP, so requests to this machine leave without TLS. Nothing else changes:
 * the snippet and the package run as they are.
 */
const { request } = https;

/** @type {(...args: any[]) => http.ClientRequest} */
const plainOnLoopback = (...args) => {
  const [options, onResponse] = args;
  if (options?.hostname !== "127.0.0.1") return Reflect.apply(request, https, args);
  return http.request({ ...options, protocol: "http:", agent: undefined }, onResponse);
};

https.request = plainOnLoopback;
syncBuiltinESMExports();
