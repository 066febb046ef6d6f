import { authenticationCases } from "./cases/authentication.js";
import { connectCases } from "./cases/messaging-connect.js";
import { limitCases } from "./cases/limits.js";
import { malformedCases } from "./cases/malformed.js";
import { optOutCases } from "./cases/opt-outs.js";
import { refusedOptOutCases } from "./cases/refused-opt-outs.js";
import { repeatabilityCases } from "./cases/repeatability.js";
import { reportCases } from "./cases/reports.js";
import { sendCases } from "./cases/sends.js";
import { versionCases } from "./cases/versions.js";
import type { ContractCase } from "./contract-case.js";

/** The wire contract, call by call, subject by subject. */
export const cases: readonly ContractCase[] = [
  ...sendCases,
  ...limitCases,
  ...connectCases,
  ...malformedCases,
  ...versionCases,
  ...repeatabilityCases,
  ...optOutCases,
  ...refusedOptOutCases,
  ...reportCases,
  ...authenticationCases,
];
