/** A certificate and its private key, both PEM. */
export interface EmulatorCertificate {
  readonly certificate: string;
  readonly key: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const hour = 3_600_000;
/** The longest that Apple's systems accept. */
const lifetimeInMs = 825 * 24 * hour;

/**
 * Makes a certificate for this machine that signs itself: whoever trusts it trusts `localhost` and the loopback addresses,
 * and nothing else, since it is no authority for others.
 */
export async function createCertificate(): Promise<EmulatorCertificate> {
  // Loaded with the first use, as it is larger than the rest of the emulator; it wants `Reflect` extended first.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const { subtle } = globalThis.crypto;
  const keys = await subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=acs-sms emulator",
    // Clocks of virtual machines are behind now and then.
    notBefore: new Date(now - hour),
    notAfter: new Date(now + lifetimeInMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      // No authority: nobody can use its key to make certificates that those who trust it would trust as well.
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
      ]),
    ],
  });
  const pkcs8 = await subtle.exportKey("pkcs8", keys.privateKey);
  return { certificate: certificate.toString("pem"), key: x509.PemConverter.encode(pkcs8, "PRIVATE KEY") };
}
