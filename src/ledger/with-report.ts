/** What ended a long job, with how far it came by then. */
export function withReport(error: unknown, report: object): unknown {
  return error instanceof Error && Object.isExtensible(error) ? Object.assign(error, { report }) : error;
}
