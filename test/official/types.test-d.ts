/**
 * Held by the compiler alone: code written for the official clients compiles against ours. The exceptions are the ones
 * that the README's migration table names.
 */
import type * as official from "@azure/communication-sms";
import type { TokenCredential, KeyCredential } from "@azure/core-auth";
import type * as beta from "communication-sms-beta";

import type * as ours from "../../src/index.js";

/** Compiles where every `Given` is also a `Wanted`. */
type Accepts<Wanted, Given extends Wanted> = Given;

/** Compiles where it is `true`. */
type IsTrue<T extends true> = T;
type IsFalse<T extends false> = T;
type IsAssignable<From, To> = [From] extends [To] ? true : false;

/** What callers pass to an official client, ours takes. */
export type Inputs = [
  Accepts<ours.SmsSendRequest, official.SmsSendRequest>,
  Accepts<ours.SmsSendOptions, official.SmsSendOptions>,
  Accepts<ours.SmsClientOptions, official.SmsClientOptions>,
  Accepts<ours.SmsSendRequest, beta.SmsSendRequest>,
  Accepts<ours.SmsSendOptions, beta.SmsSendOptions>,
  Accepts<ours.SmsClientOptions, beta.SmsClientOptions>,
  Accepts<ours.SmsOperationOptions, beta.AddOptions>,
  Accepts<ours.SmsOperationOptions, beta.RemoveOptions>,
  Accepts<ours.SmsOperationOptions, beta.CheckOptions>,
];

/** What callers do with official results, they can do with ours. */
export type Results = [
  Accepts<official.SmsSendResult, ours.SmsSendResult>,
  Accepts<beta.SmsSendResult, ours.SmsSendResult>,
  Accepts<beta.OptOutAddResult, ours.OptOutResult>,
  Accepts<beta.OptOutRemoveResult, ours.OptOutResult>,
];

/** The constructors and methods fit, one by one. */
export type Client = [
  Accepts<
    new (connectionString: string, options?: official.SmsClientOptions) => unknown,
    typeof ours.SmsClient
  >,
  Accepts<
    new (endpoint: string, key: KeyCredential, options?: official.SmsClientOptions) => unknown,
    typeof ours.SmsClient
  >,
  Accepts<
    new (endpoint: string, token: TokenCredential, options?: beta.SmsClientOptions) => unknown,
    typeof ours.SmsClient
  >,
  Accepts<official.SmsClient["send"], ours.SmsClient["send"]>,
  Accepts<beta.SmsClient["send"], ours.SmsClient["send"]>,
  Accepts<beta.OptOutsClient["add"], ours.OptOutsClient["add"]>,
  Accepts<beta.OptOutsClient["remove"], ours.OptOutsClient["remove"]>,
];

/**
 * The exception, on purpose: a check that failed has no `isOptedOut`, where the official client says `false`, so code
 * that reads it must say what it does then.
 */
export type Exceptions = [
  IsFalse<IsAssignable<ours.OptOutCheckResult, beta.OptOutCheckResult>>,
  IsTrue<IsAssignable<Required<ours.OptOutCheckResult>, beta.OptOutCheckResult>>,
];
