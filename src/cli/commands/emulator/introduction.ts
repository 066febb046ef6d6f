import type { Emulator } from "../../../emulator/emulator.js";
import { columns } from "../../output/columns.js";

/** For programs. */
export function describe(emulator: Emulator, certificatePath: string): object {
  const { endpoint, connectionString, senders, certificate } = emulator;
  const trust = certificate === undefined ? {} : { certificatePath };
  return { endpoint, connectionString, senders, ...trust };
}

/** For a person. */
export function introduce(emulator: Emulator, certificatePath: string): string[] {
  const { endpoint, connectionString, senders, certificate } = emulator;
  return [
    `The emulator is ready at ${endpoint}: open it in a browser. Ctrl-C ends it.`,
    "",
    `COMMUNICATION_SERVICES_CONNECTION_STRING="${connectionString}"`,
    "",
    ...(certificate === undefined
      ? ["Clients need { allowInsecureConnection: true }."]
      : trust(certificatePath)),
    "Senders:",
    ...columns(
      senders.map(({ number, kind, country }) => [
        number,
        country === undefined ? kind : `${kind}, ${country}`,
      ]),
      "  ",
    ),
  ];
}

/** How each kind of program is told to trust the certificate. */
function trust(path: string): string[] {
  return [
    "Clients have to trust its certificate:",
    ...columns(
      [
        ["Node", `export NODE_EXTRA_CA_CERTS="${path}"`],
        ["Python, .NET on Linux", `export SSL_CERT_FILE="${path}"`],
        [
          "Java",
          `keytool -importcert -alias acs-sms -file "${path}" -keystore trust.p12 -storepass changeit`,
        ],
        ["", "java -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit …"],
        ["curl", `curl --cacert "${path}" …`],
      ],
      "  ",
    ),
    "",
  ];
}
