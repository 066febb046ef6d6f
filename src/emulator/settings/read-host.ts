import { X509Certificate, createPrivateKey } from "node:crypto";
import { z } from "zod";
import type { ClockStart } from "../clock.js";
import type { EmulatorCertificate } from "../server/certificate.js";
import { wrongType } from "./expected.js";
import type { EmulatorClockOptions } from "./clock-options.js";
import { readWith } from "./read.js";
import { numberFrom, passes, settingsObject } from "./shapes.js";

/** Copies how the clock is to begin, checked. */
export function readClock(given: EmulatorClockOptions | undefined): ClockStart {
  if (given === undefined) return { offsetInMs: 0, speed: 1 };
  return readWith(clockStart(), given, "clock");
}

/** A speed of the clock. */
export function readSpeed(given: unknown): number {
  return readWith(speed(), given, "speed");
}

/** How far the clock is to be put forward at once. */
export function readStep(given: unknown): number {
  return readWith(step(), given, "ms");
}

function clockStart(): z.ZodType<ClockStart> {
  const tenYears = 315_360_000_000;
  return settingsObject({
    offsetInMs: numberFrom(-tenYears, tenYears).default(0),
    speed: speed().default(1),
  });
}

/** Emulated seconds in a real one. */
export function speed(): z.ZodNumber {
  return numberFrom(0, 1_000_000);
}

/** Milliseconds, up to a year. */
export function step(): z.ZodNumber {
  return numberFrom(0, 31_536_000_000);
}

/**
 * Copies what is to be used for HTTPS, checked. Its errors show nothing of a key.
 *
 * @throws TypeError for anything else than a boolean or a certificate with its key.
 */
export function readHttps(given: unknown): boolean | EmulatorCertificate {
  if (given === undefined || typeof given === "boolean") return given ?? false;
  const { certificate, key } = readWith(pair(), given, "https");
  return { certificate, key };
}

function pair(): z.ZodType<EmulatorCertificate> {
  const [forCertificate, forKey] = [{ error: "a certificate, PEM" }, { error: "a private key, PEM" }];
  return settingsObject({
    certificate: z.string(forCertificate).refine(isCertificate, { ...forCertificate, abort: true }),
    key: z.string(forKey).refine(isPrivateKey, { ...forKey, abort: true }),
  }).refine(belongTogether, { error: "a certificate and the private key that belongs to it" });
}

function isCertificate(pem: string): boolean {
  return passes(() => new X509Certificate(pem));
}

function isPrivateKey(pem: string): boolean {
  return passes(() => createPrivateKey(pem));
}

function belongTogether({ certificate, key }: EmulatorCertificate): boolean {
  return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
}

/** A path, or nothing. */
export function readPath(name: string, given: unknown): string | undefined {
  if (given === undefined || (typeof given === "string" && given !== "")) return given;
  throw wrongType(name, "the path of a file", given);
}
