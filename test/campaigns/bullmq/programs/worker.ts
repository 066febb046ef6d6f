/** Works on batches until it is killed, and says what it does. Its only argument is the order, as JSON. */
import { SmsClient, SuppressionList, type SuppressionGate } from "acs-sms";
import { CampaignWorker, RedisRateLimiter } from "acs-sms/campaigns/bullmq";
import { RateLimiter } from "acs-sms/campaigns";
import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";
import { Redis } from "ioredis";

import { openJournal, type JournalPlace } from "./open-journal.ts";

export interface WorkerOrder {
  readonly connectionString: string;
  readonly redis: { readonly host: string; readonly port: number };
  readonly prefix: string;
  readonly journal: JournalPlace;
  readonly optOuts: string;
  readonly repeatabilityWindowInSeconds: number;
  readonly lockDurationInMs: number;
  readonly concurrency: number;
  /** Message units a minute that all workers share; left out for no limit. */
  readonly rate?: number;
  /** The whole process stands still once: before the first batch is begun, or between that and the wire. */
  readonly standstill?: { readonly before: "begin" | "wire"; readonly forInMs: number };
}

const order = JSON.parse(process.argv[2] ?? "") as WorkerOrder;
const { redis, prefix, rate, standstill, concurrency, lockDurationInMs } = order;

let hasStood = false;
function standStill(place: "begin" | "wire"): void {
  if (hasStood || standstill?.before !== place) return;
  hasStood = true;
  console.log("stands still");
  const until = Date.now() + standstill.forInMs;
  while (Date.now() < until);
  console.log("goes on");
}

const list = new SuppressionList(new SqliteSuppressionStore(order.optOuts, { synchronous: "normal" }));
const suppression: SuppressionGate = {
  check: async (...args) => {
    standStill("begin");
    return list.check(...args);
  },
  claimConfirmation: async (...args) => list.claimConfirmation(...args),
};
const sms = new SmsClient(order.connectionString, {
  suppression,
  repeatabilityWindowInSeconds: order.repeatabilityWindowInSeconds,
  allowInsecureConnection: true,
  retryOptions: { retryDelayInMs: 5 },
  additionalPolicies: [
    {
      position: "perRetry",
      policy: {
        name: "standstill",
        sendRequest: async (request, next) => {
          if (request.body !== undefined && request.body !== null) standStill("wire");
          return next(request);
        },
      },
    },
  ],
});

const connection = new Redis({ ...redis, maxRetriesPerRequest: null, retryStrategy: () => 50 });
connection.on("error", () => undefined);
const worker = new CampaignWorker(sms, {
  connection,
  prefix,
  journal: openJournal(order.journal),
  rateLimiter:
    rate === undefined
      ? new RateLimiter({ rate: Infinity })
      : new RedisRateLimiter(connection, { rate, prefix }),
  concurrency,
  lockDurationInMs,
  onBatch: ({ batch, totals }) => console.log(`done ${batch} ${JSON.stringify(totals)}`),
  onFailure: ({ batch, attempt, error }) => console.log(`failed ${batch} ${attempt} ${error.message}`),
  onError: (error) => console.log(`error ${error.message}`),
});
console.log("ready");
process.once("SIGTERM", () => void worker.close().then(() => process.exit()));
