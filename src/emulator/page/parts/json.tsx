import { prettyJson } from "../format.js";
import { CopyButton } from "./copy-button.js";

interface JsonBlockProps {
  readonly title: string;
  /** JSON is set in lines; anything else is shown as it is. */
  readonly text: string;
  /** What to say where there is nothing. */
  readonly absent: string;
}

/** Names, texts, and what is neither. */
const tokens = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A text of the wire under a title. */
export function JsonBlock({ title, text, absent }: JsonBlockProps) {
  if (text === "")
    return (
      <div class="block">
        <p class="title">{title}</p>
        <p class="quiet">{absent}</p>
      </div>
    );
  const pretty = prettyJson(text);
  return (
    <div class="block">
      <header>
        <p class="title">{title}</p>
        <CopyButton text={pretty} label={title.toLowerCase()} />
      </header>
      <pre tabIndex={0} role="group" aria-label={title}>
        <code>{/^\s*[[{]/.test(pretty) ? coloured(pretty) : pretty}</code>
      </pre>
    </div>
  );
}

function coloured(json: string) {
  const parts = [];
  let end = 0;
  for (const match of json.matchAll(tokens)) {
    const [token, text, colon] = match;
    const kind = text === undefined ? "literal" : colon === undefined ? "text" : "name";
    const shown = text ?? token;
    parts.push(json.slice(end, match.index), <span class={`json-${kind}`}>{shown}</span>);
    end = match.index + shown.length;
  }
  return [...parts, json.slice(end)];
}
