/** What a template is made of: a text as it is, or the name of a field that stands there. */
export type TemplatePart = string | { readonly field: string };

const braces = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/** Letters of any language and digits; and what stands between words in the header of a list. */
const fieldName = /^[\p{L}_][\p{L}\p{M}\p{N}_]*(?:[ .-]+[\p{L}\p{M}\p{N}_]+)*$/u;

/** @throws TypeError where braces are not in pairs, or hold no name. It shows nothing of the text. */
export function templateParts(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const { 0: found, 1: name, index } of text.matchAll(braces)) {
    parts.push(text.slice(end, index), partOf(found, name, index + 1));
    end = index + found.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

function partOf(found: string, name: string | undefined, position: number): TemplatePart {
  if (found === "{{") return "{";
  if (found === "}}") return "}";
  if (found === "{") throw malformed("a brace that is never closed", position);
  if (found === "}") throw malformed("a closing brace without an opening one", position);
  if (name === undefined || name === "") throw malformed("empty braces", position);
  if (!fieldName.test(name)) throw malformed("braces with something else than a name in them", position);
  return { field: name };
}

function malformed(what: string, position: number): TypeError {
  return new TypeError(
    `Expected \`text\` to be a template with fields as {name}, and {{ and }} for braces themselves, got ${what} at ` +
      `character ${position}.`,
  );
}
