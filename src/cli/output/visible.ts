/**
 * Text from elsewhere (what people replied, notes) as one line that is safe on a terminal: control characters, which
 * could move the cursor or hide what follows, and marks that turn the direction of writing are shown as escapes.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, escaped);
}

function escaped(character: string): string {
  if (character === "\n") return "\\n";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
