import { Snippet } from "../parts/snippet.js";
import { insecureOption } from "../insecure-option.js";
import { connectionString, endpoint } from "../state.js";

/** How clients reach the emulator. */
export function Connection() {
  const connection = connectionString.value;
  return (
    <section class="panel wide" aria-labelledby="connection">
      <h3 id="connection">Connection</h3>
      <p class="quiet">
        The service is at <code>{endpoint}</code>. Clients of this package and Microsoft's own take the same
        connection string; over plain HTTP they have to be told that it is meant.
      </p>
      <h4>Connection string</h4>
      <Snippet label="connection string" code={connection} />
      <h4>Environment</h4>
      <Snippet
        label="environment variable"
        code={`COMMUNICATION_SERVICES_CONNECTION_STRING="${connection}"`}
      />
      <h4>JavaScript</h4>
      <Snippet label="JavaScript" code={clientCode(connection)} />
    </section>
  );
}

function clientCode(connection: string): string {
  return `const sms = new SmsClient(
  process.env.COMMUNICATION_SERVICES_CONNECTION_STRING,${insecureOption(connection)}
);`;
}
