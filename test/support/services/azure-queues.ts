import { startAzurite, type Azurite } from "./azurite.js";
import { unavailable } from "./service.js";

/** Storage queues to test with: an Azurite of the test's own. */
export async function azureQueuesService(): Promise<Azurite | undefined> {
  try {
    return await startAzurite("queue");
  } catch (error) {
    return unavailable("Azure Queue storage (Azurite)", String(error));
  }
}
