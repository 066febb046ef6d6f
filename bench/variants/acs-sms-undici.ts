import { createUndiciHttpClient } from "acs-sms/undici";

import { createWith } from "./acs-sms.ts";
import type { CreateClient } from "./client.ts";

/** The client as the README creates it, but for how it gets to the wire. */
export const createOnUndici: CreateClient = (endpoint, optedOut) => {
  // Connections must outlive the rounds of the other variants.
  const httpClient = createUndiciHttpClient({ keepAliveTimeoutInSeconds: 60 });
  return createWith({ httpClient }, endpoint, optedOut);
};
