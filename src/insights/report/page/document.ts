import { createHash } from "node:crypto";
import { html, trusted, type Part } from "./markup.js";
import { sortScript } from "./sort-script.js";
import { styles } from "./styles.js";

/**
 * The whole page. It may load nothing and send nothing anywhere: its policy allows its own style sheet and its own script,
 * by their hashes, and nothing else, so that not even a mistake in escaping would run a script.
 */
export function document(title: string, content: Part): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(styles)}'`,
    `script-src '${hashOf(sortScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${trusted(`<style>${styles}</style>`)}
      </head>
      <body>
        ${content} ${trusted(`<script>${sortScript}</script>`)}
      </body>
    </html> `;
  return page.toString();
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
