import type { MessageOutcome } from "../../logged-message.js";

interface OutcomeWords {
  readonly name: string;
  /** What it says of a message. */
  readonly text: string;
}

/** What people who run campaigns are told of each outcome. */
export const outcomeWords: Readonly<Record<MessageOutcome, OutcomeWords>> = {
  delivered: { name: "Delivered", text: "A report says that it arrived." },
  failed: { name: "Failed", text: "A report says that it did not arrive." },
  blocked: { name: "Blocked", text: "The carrier knew that the person had opted out." },
  unconfirmed: { name: "Unconfirmed", text: "The carrier gives no reports; it may have arrived." },
  pending: { name: "Pending", text: "There is no report yet." },
  overdue: { name: "Overdue", text: "A report should have come by now." },
  unreported: { name: "Unreported", text: "No report was asked for." },
  suppressed: { name: "Suppressed", text: "Not sent: the person had opted out." },
  invalid: { name: "Invalid", text: "Not sent: it is no phone number, or no text could be made for it." },
  rejected: { name: "Rejected", text: "The service refused it." },
  unknown: { name: "Unknown", text: "It may have been sent; no answer came." },
  unsent: { name: "Unsent", text: "It was certainly not sent." },
};
