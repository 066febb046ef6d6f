import { textOf, type MessageText } from "./message-text.js";

/** Up to white space, a quotation mark or bracket, or the punctuation of scripts that write no spaces. */
const link = /https?:\/\/[^\s<>"“”„«»、。，；！？「」（）]+/giu;

/**
 * The first `http` or `https` link in a text, as it stands there, without the punctuation of the sentence around it.
 *
 * @returns `undefined` when there is none. What has no `http://` or `https://`, such as `contoso.com/a`, is none.
 * @throws TypeError when `message` is neither a text nor has one.
 *
 * @example
 * ```ts
 * import { extractLink } from "acs-sms/emulator/testing";
 *
 * console.log(extractLink("Track it (https://contoso.com/t?id=7).")); // https://contoso.com/t?id=7
 * ```
 */
export function extractLink(message: MessageText): string | undefined {
  const found = textOf(message).match(link) ?? [];
  return found.map(withoutPunctuation).find((url) => URL.canParse(url));
}

/** A closing bracket stays where the link itself opens it: `https://en.wikipedia.org/wiki/Stop_(band)`. */
function withoutPunctuation(url: string): string {
  let end = url.length;
  while (isPunctuation(url.slice(0, end))) end -= 1;
  return url.slice(0, end);
}

function isPunctuation(url: string): boolean {
  const last = url.at(-1) ?? "";
  const open = ({ ")": "(", "]": "[", "}": "{" } as Partial<Record<string, string>>)[last];
  if (open === undefined) return /[.,:;!?'’…*_~|]$/u.test(url);
  return url.split(open).length < url.split(last).length;
}
