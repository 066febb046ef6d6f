import { deliveryCodeMeaning } from "../../../events/read-delivery-code.js";

/** What a code of failed messages means, and what can be done about it. */
export interface CodeAdvice {
  readonly meaning: string;
  readonly advice: string;
}

const support = "Ask Microsoft's support, with the ids of some of these messages.";

/** What to do goes by what the code means; it is advice of this package, and not Microsoft's. */
const advices: ReadonlyMap<string, string> = new Map([
  [
    "4000",
    "Look for what fraud looks like: shortened links, capitals, threats, haste. Then ask Microsoft's support for a review.",
  ],
  ["4001", "Correct the sender: a number that belongs to the resource, in the form +18005551234."],
  ["4002", "Correct these numbers in the list: each begins with + and the country code."],
  ["4003", "Take these countries out of the list, or use a sender that can text them."],
  ["4004", "Remove these numbers from the list: nobody has them."],
  [
    "4005",
    "Make sure that these people agreed to be texted, and that the text names you and how to opt out. Avoid shortened links.",
  ],
  [
    "4006",
    "The phone is off, out of reach, or a landline. Try once more later; remove what fails every time.",
  ],
  ["4007", "Leave these people alone. With a suppression list the next campaign leaves them out."],
  ["4008", "Send more slowly, with a rate limiter, or ask Microsoft for a higher limit."],
  ["4009", "Ask Microsoft's support whether this resource may send."],
  ["4010", "Have the toll-free number verified. Until then carriers block what it sends."],
  ["4020", "Send more slowly: spread the campaign over more hours."],
  ["5000", support],
  ["5001", "It passes. Send these again later; if it goes on, look at the status of Azure."],
  ["5002", "Nothing: the message may have arrived."],
  ["9999", `A few are usual. If it is many: ${support.charAt(0).toLowerCase()}${support.slice(1)}`],
]);

const without: CodeAdvice = {
  meaning: "The report has no code.",
  advice: "Look at the details of these reports, which the event handler gets.",
};

/** The meaning of a code of `failedByCode`, and what to do. */
export function adviceFor(code: string): CodeAdvice {
  if (code === "none") return without;
  const meaning = deliveryCodeMeaning(Number(code)) ?? "A code that Microsoft does not list.";
  return { meaning, advice: advices.get(code) ?? support };
}
