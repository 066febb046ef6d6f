/** More than any name that the service gives or takes, and less than an index holds. */
const longestName = 256;

/** A text that both databases give back as it is: cut, and without half characters and U+0000. */
export function storable(text: string, longest: number = longestName): string {
  return text.slice(0, longest).toWellFormed().replaceAll("\0", "\uFFFD");
}
