import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly rawBody: string;
  readonly body: SeenBody;
}

interface SeenBody {
  readonly from: string;
  readonly message: string;
  readonly smsRecipients: readonly {
    to: string;
    repeatabilityRequestId: string;
    repeatabilityFirstSent: string;
  }[];
  readonly smsSendOptions: Record<string, unknown>;
  readonly recipients: readonly { to: string }[];
}

/** What the server does with a request. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** A string goes out as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Drops the connection instead of answering. */
  readonly drop?: boolean;
  /** Never answers. */
  readonly hang?: boolean;
}

export type Script = (request: SeenRequest, index: number) => Answer | Promise<Answer>;

/** A plain server that answers as a test tells it to, and remembers what it saw. */
export class ScriptedServer implements AsyncDisposable {
  readonly endpoint: string;
  readonly requests: SeenRequest[] = [];
  readonly #close: () => Promise<void>;

  private constructor(endpoint: string, close: () => Promise<void>) {
    this.endpoint = endpoint;
    this.#close = close;
  }

  static async start(script: Script): Promise<ScriptedServer> {
    let scripted: ScriptedServer | undefined;
    const server = createServer((request, response) => {
      void read(request).then(async (seen) => {
        const index = scripted === undefined ? 0 : scripted.requests.push(seen) - 1;
        answer(response, await script(seen, index));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    scripted = new ScriptedServer(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return scripted;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

/** The service's own answer to a send that it takes. */
export function accepted(request: SeenRequest): Answer {
  const value = request.body.smsRecipients.map(({ to }, index) => ({
    to,
    messageId: `Outgoing_${index}_${to.slice(-4)}`,
    httpStatusCode: 202,
    repeatabilityResult: "accepted",
    successful: true,
  }));
  return { status: 202, body: { value } };
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const rawBody = Buffer.concat(chunks).toString("utf8");
  const body = rawBody === "" ? {} : (JSON.parse(rawBody) as SeenBody);
  return {
    method: request.method ?? "",
    url: request.url ?? "",
    headers: request.headers,
    rawBody,
    body: body as SeenBody,
  };
}

function answer(
  response: ServerResponse,
  { status = 202, headers = {}, body, drop = false, hang = false }: Answer,
): void {
  if (hang) return;
  if (drop) {
    response.destroy();
    return;
  }
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", ...headers });
  response.end(typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body));
}
