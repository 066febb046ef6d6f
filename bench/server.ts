import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { whenParentEnds } from "./parent.ts";

/*
 * A plain server that accepts everything, in a process of its own. It looks for the numbers and reads nothing else, so
 * that it is never what the clients wait for while they are being measured.
 */

const server = createServer(answer);
// The children's connections lie idle while others are measured, and must not be closed under them.
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => process.send?.("ready"));
process.on("message", () => process.send?.(server.address()));
whenParentEnds(() => process.exit());

function answer(request: IncomingMessage, response: ServerResponse): void {
  let body = "";
  request.setEncoding("latin1");
  request.on("data", (chunk: string) => (body += chunk));
  request.on("end", () => {
    const answered = `{"value":[${itemsFor(body).join(",")}]}`;
    response.writeHead(202, { "Content-Type": "application/json", "Content-Length": answered.length });
    response.end(answered);
  });
}

const mark = '"to":"';

function itemsFor(body: string): string[] {
  const items: string[] = [];
  for (let at = body.indexOf(mark); at !== -1; at = body.indexOf(mark, at + 1)) {
    const start = at + mark.length;
    items.push(itemFor(body.slice(start, body.indexOf('"', start))));
  }
  return items;
}

/** As the service answered in 2025, byte for byte but for the number. */
function itemFor(to: string): string {
  const messageId = "Outgoing_20250604132229420f2f85-4e9d-4496-bda1-1e43ec2cf59a_prod_nam";
  return `{"to":"${to}","messageId":"${messageId}","httpStatusCode":202,"repeatabilityResult":"accepted","successful":true}`;
}
