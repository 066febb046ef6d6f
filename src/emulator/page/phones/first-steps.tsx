import { Empty } from "../parts/empty.js";
import { Snippet } from "../parts/snippet.js";
import { insecureOption } from "../insecure-option.js";
import { connectionString, senders } from "../state.js";

/** What to do when nobody has texted anybody yet. */
export function FirstSteps() {
  const sender = senders.value[0]?.number ?? "+18005551234";
  return (
    <Empty icon="bubble" title="No message yet">
      <p>Send one from your code, and the phone that gets it appears here.</p>
      <Snippet label="how to send a message" code={sendCode(connectionString.value, sender)} />
      <p>
        Or add a phone by its number (<kbd>n</kbd>) and text STOP to <b>{sender}</b>, to see what your code
        does about it.
      </p>
    </Empty>
  );
}

function sendCode(connection: string, sender: string): string {
  return `import { SmsClient } from "acs-sms";

const sms = new SmsClient(
  "${connection}",${insecureOption(connection)}
);
await sms.send({
  from: "${sender}",
  to: ["+14255550123"],
  message: "Hello",
});`;
}
