import type { SmsAnswer } from "../transport/sms-transport.js";

/**
 * Finds the service's word on each recipient: by position where the answer has as many items as were sent and each is
 * about the number at its place, else by number. What is not found is `undefined`.
 */
export function matchAnswers<T extends Pick<SmsAnswer, "to">>(
  recipients: readonly string[],
  answers: readonly T[],
): readonly (T | undefined)[] {
  const isInOrder =
    answers.length === recipients.length &&
    answers.every(({ to }, index) => isSameNumber(to, recipients[index]));
  if (isInOrder) return answers;
  const byDigits = new Map(answers.map((answer) => [digitsOf(answer.to), answer]));
  return recipients.map((to) => byDigits.get(digitsOf(to)));
}

function isSameNumber(a: string, b: string | undefined): boolean {
  return a === b || (b !== undefined && digitsOf(a) === digitsOf(b));
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, "");
}
