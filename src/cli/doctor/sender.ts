import { senderKind, type SenderKind } from "../../phone-numbers/sender.js";
import type { Finding } from "./finding.js";

/**
 * Who answers and who blocks, by kind of sender (ACS SMS FAQ and short code documentation). What is left to the program
 * that receives the events is said.
 */
const meanings: Readonly<Record<SenderKind, string>> = {
  "toll-free":
    "a US toll-free number: the carrier answers and blocks STOP, and lifts it at START and UNSTOP. Any other word, such as " +
    "QUIT, is yours to honour and to answer.",
  "short-code":
    "a short code: in the US ACS answers and blocks the FCC's seven words with your texts; in Canada and the UK it only " +
    "relays them, and answering and blocking are yours.",
  "long-code":
    "a number that is not toll-free (10DLC in the US): nothing is documented to answer or block for you, so answering " +
    "STOP and HELP is yours.",
  alphanumeric:
    "an alphanumeric sender, which nobody can reply to: the text must offer another way out, such as a web page or a number.",
};

/** What the form of `--from` says. */
export function senderFinding(from: string | undefined): Finding[] {
  if (from === undefined) return [];
  const check = "sender";
  const kind = senderKind(from);
  if (kind !== undefined) return [{ check, status: "ok", message: `It is ${meanings[kind]}` }];
  return [
    {
      check,
      status: "fail",
      message: "--from has the form of no sender.",
      advice:
        "Give a number in E.164 (+18005551234), a short code, or an alphanumeric sender of at most 11 characters.",
    },
  ];
}
