/**
 * The fastest way to the wire: undici's dispatcher as the HTTP client of an `SmsClient`.
 *
 * @packageDocumentation
 */
export {
  createUndiciHttpClient,
  type UndiciHttpClient,
  type UndiciHttpClientOptions,
} from "./undici-http-client.js";
