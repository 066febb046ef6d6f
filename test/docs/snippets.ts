/** A fenced block of TypeScript in a document or in a docstring. */
export interface Snippet {
  /** Where it stands, relative to the repository. */
  readonly file: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly code: string;
  /** Marked ` ```ts run `: it is executed too. */
  readonly run: boolean;
}

const opening = /^\s*```(\S+)(.*)$/;
const closing = /^\s*```\s*$/;
const asterisk = /^\s*\* ?/;

/**
 * The TypeScript blocks of a Markdown file, or of the docstrings of a `.ts` file.
 *
 * @throws {Error} for a block that never ends, and for one in a language that would escape the compiler.
 */
export function snippetsOf(file: string, text: string): Snippet[] {
  const snippets: Snippet[] = [];
  const lines = file.endsWith(".md") ? text.split("\n") : docLines(text);
  for (let at = 0; at < lines.length; at++) {
    const [, language, mark = ""] = opening.exec(lines[at] ?? "") ?? [];
    if (language === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && closing.test(line));
    if (end === -1) throw new Error(`${file}:${at + 1}: this block never ends.`);
    if (/^(js|javascript|typescript|mjs|mts)$/.test(language))
      throw new Error(`${file}:${at + 1}: write \`\`\`ts, so that it is compiled.`);
    const code = lines.slice(at + 1, end).join("\n");
    if (language === "ts") snippets.push({ file, line: at + 2, code, run: mark.trim() === "run" });
    at = end;
  }
  return snippets;
}

/** A source file's docstrings; blanks stand for everything else, so that lines and columns stay what they are. */
function docLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) =>
      asterisk.test(line) ? line.replace(asterisk, (prefix) => " ".repeat(prefix.length)) : "",
    );
}
