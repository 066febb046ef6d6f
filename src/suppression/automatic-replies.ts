import { senderKind } from "../phone-numbers/sender.js";

/**
 * Words that the carrier or the service itself answers, by sender kind and country. A confirmation of our own there
 * would be the second one, which the FCC's rule does not allow (47 CFR 64.1200(a)(12): one text).
 *
 * Source: the SMS FAQ of Azure Communication Services, read 2026-11-23.
 */
const answeredByOthers: readonly { kind: string; countries: readonly string[]; words: readonly string[] }[] =
  [
    // The carrier's NETWORK MSG texts.
    { kind: "toll-free", countries: ["US", "CA", "PR"], words: ["STOP", "START", "UNSTOP"] },
    // The service, with the texts of the customer's program brief.
    {
      kind: "short-code",
      countries: ["US"],
      words: "STOP,QUIT,END,REVOKE,OPT OUT,CANCEL,UNSUBSCRIBE,START,UNSTOP,HELP".split(","),
    },
  ];

/**
 * Whether somebody else already answers this word. Where the sender's country is not known, any country counts: one
 * answer too few can be mended, one too many cannot be taken back.
 */
export function isAnsweredByOthers(sender: string, country: string | undefined, word: string): boolean {
  const kind = senderKind(sender);
  return answeredByOthers.some(
    (row) =>
      row.kind === kind &&
      row.words.includes(word) &&
      (country === undefined || row.countries.includes(country.toUpperCase())),
  );
}
